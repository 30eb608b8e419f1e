import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson, OfflineError, sendForm } from '../api/client';
import type { SourceDocument } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { describe } from '../components/Problem';
import { language, say, useTexts } from '../i18n';

/** A file on its way into the sources. */
export interface Upload {
  id: number;
  name: string;
  state: 'uploading' | 'processing' | 'ready' | 'failed';
  text: string;

  /** How far it is, of `max`; not known where absent. */
  value?: number;
  max?: number;

  /** Sends it again, or takes it off the list. */
  retry: () => void;
  dismiss: () => void;
}

/** Where uploads go: one's own documents, a collection, the whole administration, or a document's place. */
export interface Place {
  collectionId?: string;
  visibility?: 'tenant';
  replaces?: string;
}

let count = 0;

/** Uploads files one after the other and follows each until it is searchable or failed. */
export function useUploads(onReady?: (document: SourceDocument) => Promise<void> | void) {
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const update = (id: number, news: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...news } : upload)));

  const send = async (id: number, file: File, { collectionId, visibility, replaces }: Place, signal: AbortSignal) => {
    const form = new FormData();
    form.append('file', file);
    if (collectionId) form.append('collectionId', collectionId);
    if (visibility) form.append('visibility', visibility);
    const [method, path] = replaces ? ['PUT', `/api/retrieval/documents/${replaces}/file`] : ['POST', '/api/retrieval/documents'];
    update(id, { state: 'uploading', text: say('uploading', file.name), value: 0, max: 100 });
    const onProgress = (part: number) => update(id, { value: Math.round(part * 100) });
    let document = await sendForm<SourceDocument>(method ?? '', path ?? '', form, { Prefer: 'wait=2' }, onProgress, signal);
    while (isOnItsWay(document)) {
      const { page, pages } = document.ingestion ?? {};
      const text = page && pages ? say('processingPage', file.name, page, pages) : say('processing', file.name);
      update(id, { state: 'processing', text, value: page ?? undefined, max: pages ?? undefined });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      if (signal.aborted) return;
      // The file is there: a lost connection is no reason to send it again.
      document = await getJson<SourceDocument>(`/api/retrieval/documents/${document.id}`).catch((error: unknown) => {
        if (error instanceof OfflineError) return document;
        throw error;
      });
    }
    await queries.invalidateQueries({ queryKey: ['documents'] });
    await queries.invalidateQueries({ queryKey: ['collections'] });
    if (document.status === 'failed' || document.stage === 'failed') throw new Error(reasonOf(document));
    const text = document.unreadParts > 0 ? say('uploadUnread', document.title, document.unreadParts) : say('uploadReady', document.title);
    update(id, { state: 'ready', text });
    announce(text);
    await onReady?.(document);
  };

  const follow = async (id: number, file: File, place: Place, signal: AbortSignal) => {
    try {
      await send(id, file, place, signal);
    } catch (error) {
      if (signal.aborted) return;
      const text = say('uploadFailed', file.name, describe(error));
      update(id, { state: 'failed', text });
      announce(text);
    }
  };

  const start = async (files: File[], place: Place = {}) => {
    const queued = files.map((file) => {
      const [id, stop] = [++count, new AbortController()];
      const upload: Upload = {
        id,
        name: file.name,
        state: 'uploading',
        text: say('uploading', file.name),
        retry: () => void follow(id, file, place, stop.signal),
        dismiss: () => {
          stop.abort();
          setUploads((all) => all.filter((other) => other.id !== id));
        },
      };
      return { upload, run: () => (stop.signal.aborted ? Promise.resolve() : follow(id, file, place, stop.signal)) };
    });
    setUploads((all) => [...all, ...queued.map(({ upload }) => upload)]);
    for (const { run } of queued) await run();
  };
  return { uploads, start: (files: File[], place?: Place) => void start(files, place) };
}

const isOnItsWay = ({ status, stage }: SourceDocument) =>
  status === 'processing' || stage === 'waiting' || stage === 'reading' || stage === 'indexing';

interface Reasons {
  reasonText?: string | null;
  reasonTextDe?: string | null;
}

/** Why something was not read, in the reader's language. */
export const reasonIn = (reasons: Reasons | null | undefined) => (language() === 'de' ? reasons?.reasonTextDe : reasons?.reasonText) ?? '';

const reasonOf = (document: SourceDocument) => reasonIn(document) || reasonIn(document.ingestion as Reasons | null | undefined);

export function UploadList({ uploads }: { uploads: Upload[] }) {
  const say = useTexts();
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label={say('uploadTitle')}>
      {uploads.map((upload) => (
        <li key={upload.id} className={`upload upload--${upload.state}`}>
          <span>{upload.text}</span>
          {(upload.state === 'uploading' || upload.state === 'processing') && (
            <progress aria-label={upload.name} {...(upload.max ? { value: upload.value ?? 0, max: upload.max } : {})} />
          )}
          {upload.state === 'failed' && (
            <Button label={`${say('retry')}: ${upload.name}`} icon="autorenew" kind="tertiary" iconOnly onClick={upload.retry} />
          )}
          <Button
            label={`${say(upload.state === 'uploading' || upload.state === 'processing' ? 'cancel' : 'close')}: ${upload.name}`}
            icon="close"
            kind="tertiary"
            iconOnly
            onClick={upload.dismiss}
          />
        </li>
      ))}
    </ul>
  );
}
