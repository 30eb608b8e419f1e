/** Values of one moment as bars, each with its name and its figure beside it. */
export function Bars({ label, rows }: { label: string; rows: { name: string; value: number; text: string }[] }) {
  const highest = Math.max(...rows.map((row) => row.value), 0);
  return (
    <div className="bars" role="group" aria-label={label}>
      {rows.map(({ name, value, text }) => (
        <Bar key={name} name={name} share={highest > 0 ? Math.max(0, value) / highest : 0} text={text} />
      ))}
    </div>
  );
}

function Bar({ name, share, text }: { name: string; share: number; text: string }) {
  return (
    <>
      <span className="kern-body kern-body--small">{name}</span>
      <svg className="bar" aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">
        <rect width={share * 100} height={10} />
      </svg>
      <span className="kern-body kern-body--small">{text}</span>
    </>
  );
}
