import type { Conversation } from '../api/types';
import { language, useTexts } from '../i18n';

const formats: [format: string, name: string][] = [
  ['docx', 'Word (DOCX)'],
  ['pdf', 'PDF'],
  ['md', 'Markdown'],
];

/** The conversation as a file, with its sources and the mark that it was generated. */
export function ExportMenu({ conversation }: { conversation: Conversation }) {
  const say = useTexts();
  return (
    <details className="menu">
      <summary className="kern-btn kern-btn--tertiary">
        <span className="kern-icon kern-icon--download" aria-hidden="true" />
        <span className="kern-label">{say('exportAs')}</span>
      </summary>
      <ul>
        {formats.map(([format, name]) => (
          <li key={format}>
            <a
              className="kern-link"
              download
              href={`/api/chat/conversations/${conversation.id}/export?format=${format}&language=${language()}`}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}
