import { useState } from 'react';
import type { Message } from '../api/types';
import { Button } from '../components/Button';
import { TextArea } from '../components/Field';
import { useTexts } from '../i18n';
import { Versions } from './Versions';

interface Props {
  message?: Message;
  text?: string;
  siblings?: Message[];
  messages?: Message[];
  isBusy?: boolean;
  onEdit?: (question: string) => void;
}

/** What somebody asked; changing it opens another branch and keeps this one. */
export function QuestionView({ message, text, siblings, messages, isBusy, onEdit }: Props) {
  const say = useTexts();
  const [edited, setEdited] = useState<string>();
  const asked = message?.content ?? text ?? '';
  return (
    <article className="message message--question" aria-label={say('you')}>
      {edited === undefined ? (
        <p className="message__text">{asked}</p>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            setEdited(undefined);
            if (edited.trim()) onEdit?.(edited.trim());
          }}
        >
          <TextArea label={say('editQuestion')} value={edited} rows={3} autoFocus onChange={(event) => setEdited(event.target.value)} />
          <div className="row">
            <Button label={say('send')} kind="primary" type="submit" />
            <Button label={say('cancel')} onClick={() => setEdited(undefined)} />
          </div>
        </form>
      )}
      {message && onEdit && edited === undefined && (
        <div className="message__tools">
          <Button label={say('editQuestion')} kind="tertiary" icon="edit" iconOnly disabled={isBusy} onClick={() => setEdited(asked)} />
          <Versions message={message} siblings={siblings ?? []} messages={messages ?? []} />
        </div>
      )}
    </article>
  );
}
