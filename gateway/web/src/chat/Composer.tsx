import { useEffect, useRef, useState } from 'react';
import { Button } from '../components/Button';
import { Select, TextArea } from '../components/Field';
import { useTexts } from '../i18n';
import { fetchMarkdown } from '../markdown/LaterMarkdown';
import { UploadList, useUploads } from '../sources/uploads';
import { useAttachments } from './useAttachments';
import { useCollections, useModels } from './useChoice';
import type { Choice } from './useConversation';

interface Props {
  conversationId: string | undefined;
  choice: Choice;
  onChoice: (choice: Choice) => void;
  isBusy: boolean;
  onSend: (question: string) => Promise<void>;
  onStop: () => void;
}

/** Where one writes. What is typed outlives a reload and the end of the session. */
export function Composer({ conversationId, choice, onChoice, isBusy, onSend, onStop }: Props) {
  const say = useTexts();
  const models = useModels().data ?? [];
  const collections = useCollections().data ?? [];
  const place = `llmoin.typed.${conversationId ?? 'new'}`;
  const [text, setText] = useState(() => sessionStorage.getItem(place) ?? '');
  const [isOver, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const attachments = useAttachments(conversationId);
  const uploads = useUploads(attachments.add);

  // For the answer that will come, once the page is there.
  useEffect(() => {
    const later = setTimeout(() => void fetchMarkdown(), 2000);
    return () => clearTimeout(later);
  }, []);

  const write = (typed: string) => {
    setText(typed);
    if (typed) sessionStorage.setItem(place, typed);
    else sessionStorage.removeItem(place);
  };
  const submit = async () => {
    const question = text.trim();
    if (!question || isBusy) return;
    write('');
    await onSend(question).catch(() => write(question));
  };

  return (
    <form
      className={isOver ? 'composer composer--over' : 'composer'}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        uploads.start([...event.dataTransfer.files]);
      }}
    >
      <UploadList uploads={uploads.uploads} />
      {attachments.documents.length > 0 && (
        <ul className="attachments" aria-label={say('attachments')}>
          {attachments.documents.map(({ id, title }) => (
            <li key={id} className="kern-badge kern-badge--info">
              <span className="kern-label kern-label--small">{title}</span>
              <Button label={say('removeAttachment', title)} icon="close" kind="tertiary" iconOnly onClick={() => attachments.remove(id)} />
            </li>
          ))}
        </ul>
      )}
      <TextArea
        label={say('question')}
        value={text}
        rows={3}
        maxLength={100_000}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void submit();
        }}
      />
      <div className="composer__tools">
        <Select
          label={say('model')}
          value={choice.model}
          options={models.map(({ id, name }) => [id, name ?? id])}
          onChange={(event) => onChoice({ ...choice, model: event.target.value })}
        />
        <Select
          label={say('searchIn')}
          value={choice.sources}
          options={[
            ['everywhere', say('everywhere')],
            ['off', say('withoutSources')],
            ...collections.map(({ id, name }): [string, string] => [id, name]),
          ]}
          onChange={(event) => onChoice({ ...choice, sources: event.target.value })}
        />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            uploads.start([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
        <Button label={say('attach')} icon="drive-folder-upload" onClick={() => files.current?.click()} />
        {isBusy ? (
          <Button label={say('stop')} kind="primary" icon="close" onClick={onStop} />
        ) : (
          <Button label={say('send')} kind="primary" type="submit" icon="arrow-up" />
        )}
      </div>
    </form>
  );
}
