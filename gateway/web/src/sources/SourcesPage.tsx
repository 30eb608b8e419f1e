import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Page, SourceDocument } from '../api/types';
import { useCollections } from '../chat/useChoice';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { date, language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { UploadList, useUploads } from './uploads';

export default function SourcesPage() {
  const say = useTexts();
  const queries = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const collections = useCollections();
  const chosen = query.get('collection') ?? '';
  const collection = collections.data?.find(({ id }) => id === chosen);
  const uploads = useUploads();
  const files = useRef<HTMLInputElement>(null);
  const [isNaming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const [error, setError] = useState<unknown>();
  const documents = useInfiniteQuery({
    queryKey: ['documents', chosen],
    queryFn: ({ pageParam }) =>
      getJson<Page<SourceDocument>>(
        `/api/retrieval/documents?limit=50${chosen ? `&collectionId=${chosen}` : ''}${pageParam ? `&after=${pageParam}` : ''}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: (state) =>
      state.state.data?.pages.some((page) => page.items.some(({ status }) => status === 'processing')) ? 2000 : false,
  });
  const items = documents.data?.pages.flatMap((page) => page.items) ?? [];

  const create = async () => {
    setNaming(false);
    try {
      const { id } = await sendJson<{ id: string }>('POST', '/api/retrieval/collections', { name: name.trim() });
      await queries.invalidateQueries({ queryKey: ['collections'] });
      setQuery({ collection: id });
    } catch (failure) {
      setError(failure);
    }
  };

  return (
    <Main title={say('sources')} lead={say('uploadLead')} wide>
      <div className="row row--bottom">
        <Select
          label={say('collections')}
          value={chosen}
          options={[
            ['', say('everywhere')],
            ...(collections.data ?? []).map(({ id, name, documents }): [string, string] => [id, `${name} (${documents})`]),
          ]}
          onChange={(event) => setQuery(event.target.value ? { collection: event.target.value } : {})}
        />
        <Button label={say('newCollection')} icon="add" onClick={() => setNaming(true)} />
        <input
          ref={files}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            uploads.start([...(event.target.files ?? [])], chosen || undefined);
            event.target.value = '';
          }}
        />
        {(!collection || collection.mayUpload) && (
          <Button label={say('chooseFiles')} kind="primary" icon="drive-folder-upload" onClick={() => files.current?.click()} />
        )}
      </div>
      <UploadList uploads={uploads.uploads} />
      <Problem error={error ?? documents.error} retry={() => void documents.refetch()} />
      {items.length === 0 && !documents.isPending ? (
        <p className="kern-body">{say('noDocuments')}</p>
      ) : (
        <Table label={say('documents')} heads={[say('title'), say('status'), say('pages'), say('added'), say('actions')]}>
          {items.map((document) => (
            <Row key={document.id} document={document} />
          ))}
        </Table>
      )}
      {documents.hasNextPage && <Button label={say('more')} onClick={() => void documents.fetchNextPage()} />}
      {isNaming && (
        <Dialog title={say('newCollection')} action={say('create')} onClose={() => setNaming(false)} onAction={() => void create()}>
          <TextField
            label={say('collectionName')}
            value={name}
            required
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
        </Dialog>
      )}
    </Main>
  );
}

function Row({ document }: { document: SourceDocument }) {
  const say = useTexts();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const reason = (language() === 'de' ? document.reasonTextDe : document.reasonText) ?? '';
  const remove = async () => {
    setAsking(false);
    try {
      await sendJson('DELETE', `/api/retrieval/documents/${document.id}`);
      await queries.invalidateQueries({ queryKey: ['documents'] });
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <tr className="kern-table__row">
      <th className="kern-table__cell" scope="row">
        {document.status === 'ready' ? (
          <Link className="kern-link" to={`/sources/documents/${document.id}`}>
            {document.title}
          </Link>
        ) : (
          document.title
        )}
        <Problem error={error} />
      </th>
      <td className="kern-table__cell">
        {document.status === 'ready'
          ? say('statusReady')
          : document.status === 'failed'
            ? say('statusFailed', reason)
            : say('statusProcessing')}
      </td>
      <td className="kern-table__cell kern-table__cell--numeric">{document.pages ?? ''}</td>
      <td className="kern-table__cell">{date(document.createdAt)}</td>
      <td className="kern-table__cell">
        <Button label={`${say('delete')}: ${document.title}`} kind="tertiary" icon="delete" iconOnly onClick={() => setAsking(true)} />
        {isAsking && (
          <Dialog
            title={say('deleteDocument', document.title)}
            action={say('delete')}
            onClose={() => setAsking(false)}
            onAction={() => void remove()}
          >
            <p className="kern-body">{say('deleteDocumentText')}</p>
          </Dialog>
        )}
      </td>
    </tr>
  );
}
