import { useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { getJson } from '../api/client';
import type { Page, SourceDocument } from '../api/types';
import { Button } from '../components/Button';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { date, number, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { useMe } from '../session/session';
import { CollectionBar, NewCollectionDialog } from './CollectionBar';
import { DeleteDocument } from './DeleteDocument';
import { useReaders } from './readers';
import { useSourceTexts } from './texts';
import { reasonIn, UploadList, useUploads } from './uploads';
import { useManagedCollections } from './useManagedCollections';

export default function SourcesPage() {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const me = useMe();
  const { managesMany } = useReaders();
  const [query, setQuery] = useSearchParams();
  const collections = useManagedCollections();
  const chosen = query.get('collection') ?? '';
  const status = query.get('status') ?? '';
  const collection = collections.data?.find(({ id }) => id === chosen);
  const uploads = useUploads();
  const files = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isCreating, setCreating] = useState(false);
  const [isForAll, setForAll] = useState(false);
  const documents = useInfiniteQuery({
    queryKey: ['documents', chosen, status],
    queryFn: ({ pageParam }) =>
      getJson<Page<SourceDocument>>(
        `/api/retrieval/documents?limit=50${chosen && `&collectionId=${chosen}`}${status && `&status=${status}`}${pageParam && `&after=${pageParam}`}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (state) =>
      state.state.data?.pages.some((page) => page.items.some(({ status }) => status === 'processing')) ? 2000 : false,
  });
  const items = documents.data?.pages.flatMap((page) => page.items) ?? [];
  const mayUpload = !chosen || collection?.mayUpload;
  const upload = (all: File[]) => uploads.start(all, chosen ? { collectionId: chosen } : isForAll ? { visibility: 'tenant' } : {});
  const narrow = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next);
  };

  return (
    <Main title={say('sources')} lead={say('uploadLead')} wide>
      <div className="row row--bottom">
        <Select
          label={say('collections')}
          value={chosen}
          options={[
            ['', say('everywhere')],
            ...(collections.data ?? []).map(({ id, name, documents }): [string, string] => [id, `${name} (${number(documents)})`]),
          ]}
          onChange={(event) => narrow('collection', event.target.value)}
        />
        <Select
          label={say('status')}
          value={status}
          options={[
            ['', sayHere('statusAll')],
            ['ready', say('statusReady')],
            ['processing', say('statusProcessing')],
            ['failed', say('statusFailed', '').replace(/[: ]+$/, '')],
          ]}
          onChange={(event) => narrow('status', event.target.value)}
        />
        <Button label={say('newCollection')} icon="add" onClick={() => setCreating(true)} />
        {managesMany && (
          <Link className="kern-link" to="/sources/connections">
            {sayHere('connections')}
          </Link>
        )}
      </div>
      <Problem error={collections.error} retry={() => void collections.refetch()} />
      {collection && <CollectionBar key={collection.id} collection={collection} onGone={() => setQuery({})} />}
      {mayUpload && (
        <div
          className={isOver ? 'drop drop--over' : 'drop'}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => {
            event.preventDefault();
            setOver(false);
            upload([...event.dataTransfer.files]);
          }}
        >
          <input
            ref={files}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              upload([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
          <span>{sayHere('dropHere')}</span>
          <Button label={say('chooseFiles')} kind="primary" icon="drive-folder-upload" onClick={() => files.current?.click()} />
          {!chosen && managesMany && (
            <label className="check">
              <input type="checkbox" checked={isForAll} onChange={(event) => setForAll(event.target.checked)} /> {sayHere('visibleTenant')}
            </label>
          )}
        </div>
      )}
      <UploadList uploads={uploads.uploads} />
      <Problem error={documents.error} retry={() => void documents.refetch()} />
      {documents.isPending && <p className="kern-body">{say('loading')}</p>}
      {items.length === 0 && documents.isSuccess && <p className="kern-body">{say('noDocuments')}</p>}
      {items.length > 0 && (
        <Table label={say('documents')} heads={[say('title'), say('status'), say('pages'), say('added'), say('actions')]}>
          {items.map((document) => (
            <tr key={document.id} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                <Link className="kern-link" to={`/sources/documents/${document.id}`}>
                  {document.title}
                </Link>
              </th>
              <td className="kern-table__cell">
                {document.status === 'ready'
                  ? document.unreadParts > 0
                    ? say('uploadUnread', '', document.unreadParts).trim()
                    : say('statusReady')
                  : document.status === 'failed'
                    ? say('statusFailed', reasonIn(document))
                    : say('statusProcessing')}
              </td>
              <td className="kern-table__cell kern-table__cell--numeric">{document.pages ?? ''}</td>
              <td className="kern-table__cell">{date(document.createdAt)}</td>
              <td className="kern-table__cell">
                <DeleteDocument document={document} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      {documents.hasNextPage && (
        <Button label={say('more')} disabled={documents.isFetchingNextPage} onClick={() => void documents.fetchNextPage()} />
      )}
      <details>
        <summary>{sayHere('myId')}</summary>
        <p className="kern-body">{sayHere('myIdLead')}</p>
        <code className="key">{me.userId}</code>
      </details>
      {isCreating && (
        <NewCollectionDialog
          onClose={() => setCreating(false)}
          onCreated={(id) => {
            setCreating(false);
            setQuery({ collection: id });
          }}
        />
      )}
    </Main>
  );
}
