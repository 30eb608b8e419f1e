import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { getJson } from '../api/client';
import type { Collection } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { dateTime, number, useTexts } from '../i18n';
import { useMe } from '../session/session';
import { useSourceTexts } from './texts';
import type { DocumentDetails, UnreadPart } from './types';
import { reasonIn, UploadList, useUploads } from './uploads';

/** What is known of a document: where it stands, who reads it, what of it was not read; its owner puts another file in its place. */
export function DocumentFacts({ document }: { document: DocumentDetails }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const me = useMe();
  const queries = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const uploads = useUploads(async () => {
    await queries.invalidateQueries({ queryKey: ['document', document.id] });
    announce(sayHere('replaced'));
  });
  const collection = useQuery({
    queryKey: ['collection', document.collectionId],
    queryFn: () => getJson<Collection>(`/api/retrieval/collections/${document.collectionId}`),
    enabled: !!document.collectionId,
  }).data;
  const { ingestion, status } = document;
  const visibility = () => {
    if (document.visibility === 'private') return sayHere('visibilityPrivate');
    if (document.visibility === 'tenant') return sayHere('visibilityTenant');
    return collection ? sayHere('visibilityCollection', collection.name) : sayHere('visibilityCollectionUnknown');
  };
  const stage = () => {
    switch (ingestion?.stage) {
      case 'waiting':
        return sayHere('stageWaiting');
      case 'indexing':
        return sayHere('stageIndexing');
      case 'failed':
        return sayHere('stageFailed', reasonIn(ingestion));
      default:
        return ingestion?.page && ingestion.pages ? sayHere('stageReadingPage', ingestion.page, ingestion.pages) : sayHere('stageReading');
    }
  };
  const facts: [string, string | number | null | undefined][] = [
    [say('status'), status === 'ready' ? say('statusReady') : status === 'failed' ? say('statusFailed', reasonIn(document)) : stage()],
    [sayHere('fileName'), document.fileName],
    [sayHere('visibility'), visibility()],
    [say('pages'), document.pages && number(document.pages)],
    [sayHere('characters'), status === 'ready' ? number(document.characters) : undefined],
    [say('added'), dateTime(document.createdAt)],
  ];
  return (
    <details className="facts" open={status !== 'ready' || document.unread.length > 0 || !!ingestion}>
      <summary>{sayHere('details')}</summary>
      {status === 'failed' && (
        <div className="kern-alert kern-alert--danger">
          <div className="kern-alert__header">
            <span className="kern-icon kern-icon--danger" aria-hidden="true" />
            <span className="kern-title">{sayHere('failedTitle')}</span>
          </div>
          <div className="kern-alert__body">
            <p className="kern-body">{reasonIn(document)}</p>
          </div>
        </div>
      )}
      {ingestion && status === 'ready' && (
        <p className="kern-body" role="status">
          {sayHere('onItsWay', ingestion.fileName, stage())}
        </p>
      )}
      <dl className="facts__list">
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {status === 'ready' && document.unread.length === 0 && <p className="kern-body">{sayHere('allRead')}</p>}
      {document.unread.length > 0 && (
        <>
          <h2 className="kern-title">{sayHere('unread')}</h2>
          <p className="kern-body">{sayHere('unreadLead')}</p>
          <ul>
            {document.unread.map((part, index) => (
              <li key={index}>
                <PartName part={part} />
                {reasonIn(part) || part.reason}
              </li>
            ))}
          </ul>
        </>
      )}
      {document.owner === me.userId && (
        <>
          <input
            ref={file}
            type="file"
            hidden
            onChange={(event) => {
              uploads.start([...(event.target.files ?? [])], { replaces: document.id });
              event.target.value = '';
            }}
          />
          <Button label={sayHere('replaceFile')} icon="drive-folder-upload" onClick={() => file.current?.click()} />
          <UploadList uploads={uploads.uploads} />
        </>
      )}
    </details>
  );
}

function PartName({ part: { page, lastPage, name } }: { part: UnreadPart }) {
  const sayHere = useSourceTexts();
  const pages = page ? (lastPage ? sayHere('unreadPages', page, lastPage) : sayHere('unreadPage', page)) : '';
  const called = [name, pages].filter(Boolean).join(', ');
  return called ? `${called}: ` : '';
}
