import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiError, getJson, sendJson } from '../api/client';
import type { Page } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { dateTime, number, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { useMe } from '../session/session';
import { useSourceTexts } from './texts';
import type { Connection, ConnectionDetails } from './types';
import { reasonIn } from './uploads';
import { useManagedCollections } from './useManagedCollections';

const ROOT = '/api/retrieval/sources';

/** What is mirrored into one's collections, and how that goes. */
export default function ConnectionsPage() {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const me = useMe();
  const isAllowed = me.roles.includes('source-manager') || me.roles.includes('tenant-admin');
  const [isConnecting, setConnecting] = useState(false);
  const list = useInfiniteQuery({
    queryKey: ['connections'],
    queryFn: ({ pageParam }) => getJson<Page<Connection>>(`${ROOT}?limit=50${pageParam && `&after=${pageParam}`}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: isAllowed,
    refetchInterval: 10_000,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Main title={sayHere('connections')} lead={isAllowed ? sayHere('connectionsLead') : undefined}>
      <p>
        <Link className="kern-link" to="/sources">
          {say('backToSources')}
        </Link>
      </p>
      {!isAllowed && <p className="kern-body">{sayHere('forbidden')}</p>}
      {isAllowed && <Button label={sayHere('connect')} kind="primary" icon="add" onClick={() => setConnecting(true)} />}
      <Problem error={list.error} retry={() => void list.refetch()} />
      {isAllowed && list.isPending && <p className="kern-body">{say('loading')}</p>}
      {list.isSuccess && items.length === 0 && <p className="kern-body">{sayHere('noConnections')}</p>}
      <ul className="list">
        {items.map((connection) => (
          <Entry key={connection.id} connection={connection} />
        ))}
      </ul>
      {list.hasNextPage && <Button label={say('more')} onClick={() => void list.fetchNextPage()} />}
      {isConnecting && <ConnectDialog onClose={() => setConnecting(false)} />}
    </Main>
  );
}

function Entry({ connection }: { connection: Connection }) {
  const sayHere = useSourceTexts();
  const queries = useQueryClient();
  const collections = useManagedCollections().data ?? [];
  const [isAsking, setAsking] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const path = `${ROOT}/${connection.id}`;
  const details = useQuery({
    queryKey: ['connections', connection.id],
    queryFn: () => getJson<ConnectionDetails>(path),
    refetchInterval: 10_000,
  });
  const sync = useMutation({
    mutationFn: () => sendJson('POST', `${path}/syncs`),
    onSuccess: () => {
      announce(sayHere('syncAsked'));
      return queries.invalidateQueries({ queryKey: ['connections'] });
    },
  });
  const disconnect = useMutation({
    mutationFn: () => sendJson('DELETE', path),
    onSuccess: async () => {
      setAsking(false);
      for (const queryKey of [['connections'], ['documents'], ['collections']]) await queries.invalidateQueries({ queryKey });
    },
  });
  const state = () => {
    switch (connection.state) {
      case 'synced':
        return sayHere('stateSynced', connection.syncedAt ? dateTime(connection.syncedAt) : '');
      case 'failed':
        return sayHere('stateFailed', reasonIn(connection));
      default:
        return sayHere(connection.state === 'syncing' ? 'stateSyncing' : 'stateWaiting');
    }
  };
  const { counts, failures = [] } = details.data ?? {};
  return (
    <li className="card">
      <h2 className="kern-title">{connection.name}</h2>
      <p className="kern-body">
        {sayHere(connection.kind === 'folder' ? 'kindFolder' : 'kindSharepoint')} <code className="key">{connection.place}</code>
        {' → '}
        {collections.find(({ id }) => id === connection.collectionId)?.name}
      </p>
      <p className="kern-body" role="status">
        {state()}
      </p>
      {counts && (
        <p className="kern-body">
          {sayHere('counts', number(counts.items), number(counts.ready), number(counts.processing), number(counts.failed))}
        </p>
      )}
      {failures.length > 0 && (
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{sayHere('failures')}</summary>
          <ul>
            {failures.map(({ itemId, name, retryAt, ...reasons }) => (
              <li key={itemId}>
                {name ?? sayHere('unnamed')}: {reasonIn(reasons)}{' '}
                {retryAt ? sayHere('retryAt', dateTime(retryAt)) : sayHere('retryOnChange')}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="row">
        <Button label={sayHere('syncNow')} icon="autorenew" disabled={sync.isPending} onClick={() => sync.mutate()} />
        <Button label={sayHere('disconnect')} kind="tertiary" onClick={() => setAsking(true)} />
      </p>
      <Problem error={details.error ?? sync.error} />
      {isAsking && (
        <Dialog
          title={sayHere('disconnectTitle', connection.name)}
          action={sayHere('disconnect')}
          isBusy={disconnect.isPending}
          onClose={() => setAsking(false)}
          onAction={() => disconnect.mutate()}
        >
          <p className="kern-body">{sayHere('disconnectText')}</p>
          <Problem error={disconnect.error} />
        </Dialog>
      )}
    </li>
  );
}

function ConnectDialog({ onClose }: { onClose: () => void }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const queries = useQueryClient();
  const collections = (useManagedCollections().data ?? []).filter(({ mayManage }) => mayManage);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Connection['kind']>('folder');
  const [place, setPlace] = useState('');
  const [collectionId, setCollection] = useState('');
  const connect = useMutation({
    mutationFn: () =>
      sendJson('POST', ROOT, { name: name.trim(), kind, place: place.trim(), collectionId: collectionId || collections[0]?.id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      onClose();
    },
  });
  const refused = connect.error instanceof ApiError ? connect.error : undefined;
  const errorOf = (field: string) => (refused?.field === field ? refused.message : undefined);
  const isFolder = kind === 'folder';
  return (
    <Dialog
      title={sayHere('connect')}
      action={sayHere('connect')}
      isBusy={connect.isPending || collections.length === 0}
      onClose={onClose}
      onAction={() => connect.mutate()}
    >
      {collections.length === 0 && <p className="kern-body">{sayHere('needsCollection')}</p>}
      <TextField
        label={sayHere('connectionName')}
        required
        maxLength={200}
        value={name}
        error={errorOf('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <Select
        label={sayHere('kind')}
        value={kind}
        options={[
          ['folder', sayHere('kindFolder')],
          ['sharepoint', sayHere('kindSharepoint')],
        ]}
        onChange={(event) => setKind(event.target.value as Connection['kind'])}
      />
      <TextField
        label={sayHere(isFolder ? 'placeFolder' : 'placeSharepoint')}
        hint={sayHere(isFolder ? 'placeFolderHint' : 'placeSharepointHint')}
        required
        spellCheck={false}
        value={place}
        error={errorOf('place')}
        onChange={(event) => setPlace(event.target.value)}
      />
      <Select
        label={say('uploadTo')}
        value={collectionId || (collections[0]?.id ?? '')}
        error={errorOf('collectionId')}
        options={collections.map(({ id, name }): [string, string] => [id, name])}
        onChange={(event) => setCollection(event.target.value)}
      />
      {!(refused && ['name', 'place', 'collectionId'].includes(refused.field ?? '')) && <Problem error={connect.error} />}
    </Dialog>
  );
}
