import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, getJson } from '../api/client';
import type { SourceDocument } from '../api/types';
import { announce } from '../components/Announcer';
import { describe } from '../components/Problem';
import { language, say, useTexts } from '../i18n';

/** A file on its way into the sources. */
export interface Upload {
  id: number;
  name: string;
  state: 'uploading' | 'processing' | 'ready' | 'failed';
  text: string;
  page?: number;
  pages?: number;
}

let count = 0;

/** Uploads files one after the other and follows each until it is searchable or failed. */
export function useUploads(onReady?: (document: SourceDocument) => Promise<void> | void) {
  const queries = useQueryClient();
  const [uploads, setUploads] = useState<Upload[]>([]);
  const update = (id: number, news: Partial<Upload>) =>
    setUploads((all) => all.map((upload) => (upload.id === id ? { ...upload, ...news } : upload)));

  const follow = async (id: number, file: File, collectionId?: string) => {
    const form = new FormData();
    form.append('file', file);
    if (collectionId) form.append('collectionId', collectionId);
    const response = await call('/api/retrieval/documents', { method: 'POST', body: form, headers: { Prefer: 'wait=2' } });
    let document = (await response.json()) as SourceDocument;
    while (document.status === 'processing') {
      const { page, pages } = document.ingestion ?? {};
      update(id, {
        state: 'processing',
        text: page && pages ? say('processingPage', file.name, page, pages) : say('processing', file.name),
        page: page ?? undefined,
        pages: pages ?? undefined,
      });
      await new Promise((resolve) => setTimeout(resolve, 1000));
      document = await getJson<SourceDocument>(`/api/retrieval/documents/${document.id}`);
    }
    await queries.invalidateQueries({ queryKey: ['documents'] });
    if (document.status === 'failed') throw new Error((language() === 'de' ? document.reasonTextDe : document.reasonText) ?? '');
    const text = document.unreadParts > 0 ? say('uploadUnread', document.title, document.unreadParts) : say('uploadReady', document.title);
    update(id, { state: 'ready', text });
    announce(text);
    await onReady?.(document);
  };

  const start = async (files: File[], collectionId?: string) => {
    const queued = files.map((file) => ({
      file,
      upload: { id: ++count, name: file.name, state: 'uploading' as const, text: say('uploading', file.name) },
    }));
    setUploads((all) => [...all, ...queued.map(({ upload }) => upload)]);
    for (const { file, upload } of queued) {
      try {
        await follow(upload.id, file, collectionId);
      } catch (error) {
        const text = say('uploadFailed', file.name, describe(error));
        update(upload.id, { state: 'failed', text });
        announce(text);
      }
    }
  };
  return { uploads, start: (files: File[], collectionId?: string) => void start(files, collectionId) };
}

export function UploadList({ uploads }: { uploads: Upload[] }) {
  const say = useTexts();
  if (uploads.length === 0) return null;
  return (
    <ul className="uploads" aria-label={say('uploadTitle')}>
      {uploads.map((upload) => (
        <li key={upload.id} className={`upload upload--${upload.state}`}>
          <span>{upload.text}</span>
          {(upload.state === 'uploading' || upload.state === 'processing') && (
            <progress aria-label={upload.name} {...(upload.page && upload.pages ? { value: upload.page, max: upload.pages } : {})} />
          )}
        </li>
      ))}
    </ul>
  );
}
