/** Files that the platform makes when asked for. */
export function Downloads({ files }: { files: [path: string, name: string][] }) {
  return (
    <ul className="downloads">
      {files.map(([path, name]) => (
        <li key={path}>
          <a className="kern-link" href={path} download>
            <span className="kern-icon kern-icon--download" aria-hidden="true" />
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
