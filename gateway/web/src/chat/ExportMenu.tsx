import type { Conversation } from '../api/types';
import { Menu } from '../components/Menu';
import { language, useTexts } from '../i18n';

export const exportFormats: [format: string, name: string][] = [
  ['docx', 'Word (DOCX)'],
  ['pdf', 'PDF'],
  ['md', 'Markdown'],
];

export const exportPath = (conversation: string, format: string) =>
  `/api/chat/conversations/${conversation}/export?format=${format}&language=${language()}`;

/** The conversation as a file, with its sources and the mark that it was generated. */
export function ExportMenu({ conversation }: { conversation: Conversation }) {
  const say = useTexts();
  return (
    <Menu
      button={
        <>
          <span className="kern-icon kern-icon--download" aria-hidden="true" />
          <span className="kern-label">{say('exportAs')}</span>
        </>
      }
    >
      {exportFormats.map(([format, name]) => (
        <li key={format}>
          <a className="kern-link" download href={exportPath(conversation.id, format)}>
            {name}
          </a>
        </li>
      ))}
    </Menu>
  );
}
