import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, sendJson } from '../api/client';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { number, useTexts } from '../i18n';
import { useMe } from '../session/session';
import { useReaders } from './readers';
import { ShareDialog } from './ShareDialog';
import { useSourceTexts } from './texts';
import type { ManagedCollection } from './types';

/** What a collection is for whom, and what its manager does with it. */
export function CollectionBar({ collection, onGone }: { collection: ManagedCollection; onGone: () => void }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const queries = useQueryClient();
  const { nameOf } = useReaders();
  const [dialog, setDialog] = useState<'rename' | 'share' | 'delete'>();
  const [name, setName] = useState(collection.name);
  const path = `/api/retrieval/collections/${collection.id}`;
  const close = () => setDialog(undefined);
  const done = async () => {
    await queries.invalidateQueries({ queryKey: ['collections'] });
    close();
  };
  const rename = useMutation({ mutationFn: () => sendJson('PATCH', path, { name: name.trim() }), onSuccess: done });
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', path),
    onSuccess: async () => {
      onGone();
      await done();
      await queries.invalidateQueries({ queryKey: ['documents'] });
    },
  });
  return (
    <div className="row">
      {collection.readers && <span>{sayHere('sharedWith', collection.readers.map(nameOf).join(', '))}</span>}
      {!collection.mayUpload && <span>{sayHere('uploadOnlyManagers')}</span>}
      {collection.mayManage && (
        <>
          <Button label={sayHere('share')} onClick={() => setDialog('share')} />
          <Button
            label={say('rename')}
            kind="tertiary"
            icon="edit"
            onClick={() => {
              setName(collection.name);
              setDialog('rename');
            }}
          />
          <Button label={say('delete')} kind="tertiary" icon="delete" onClick={() => setDialog('delete')} />
        </>
      )}
      {dialog === 'share' && <ShareDialog collection={collection} onClose={close} />}
      {dialog === 'rename' && (
        <Dialog
          title={sayHere('renameCollection')}
          action={say('save')}
          isBusy={rename.isPending}
          onClose={close}
          onAction={() => rename.mutate()}
        >
          <TextField
            label={say('collectionName')}
            value={name}
            required
            maxLength={200}
            onChange={(event) => setName(event.target.value)}
          />
          <Problem error={rename.error} />
        </Dialog>
      )}
      {dialog === 'delete' && (
        <Dialog
          title={sayHere('deleteCollection', collection.name)}
          action={say('delete')}
          isBusy={remove.isPending}
          onClose={close}
          onAction={() => remove.mutate()}
        >
          <p className="kern-body">{sayHere('deleteCollectionText', number(collection.documents))}</p>
          <Problem error={remove.error} />
        </Dialog>
      )}
    </div>
  );
}

/** A new collection: one's own, or for who is in charge of sources the administration's or a department's. */
export function NewCollectionDialog({ onClose, onCreated }: { onClose: () => void; onCreated: (id: string) => void }) {
  const say = useTexts();
  const sayHere = useSourceTexts();
  const me = useMe();
  const queries = useQueryClient();
  const { managesMany, departments, ownDepartments } = useReaders();
  const [name, setName] = useState('');
  const [owner, setOwner] = useState(`user:${me.userId}`);
  const owners: [string, string][] = managesMany
    ? [
        [`user:${me.userId}`, sayHere('ownerMe')],
        ['tenant', sayHere('ownerTenant')],
        ...(me.roles.includes('tenant-admin') ? departments : ownDepartments).map((one): [string, string] => [
          `department:${one}`,
          sayHere('ownerDepartment', one),
        ]),
      ]
    : [];
  const create = useMutation({
    mutationFn: () => sendJson<{ id: string }>('POST', '/api/retrieval/collections', { name: name.trim(), owner }),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['collections'] });
      onCreated(id);
    },
  });
  const refused = create.error instanceof ApiError && create.error.field === 'name' ? create.error : undefined;
  return (
    <Dialog
      title={say('newCollection')}
      action={say('create')}
      isBusy={create.isPending}
      onClose={onClose}
      onAction={() => create.mutate()}
    >
      <TextField
        label={say('collectionName')}
        value={name}
        required
        maxLength={200}
        error={refused?.message}
        onChange={(event) => setName(event.target.value)}
      />
      {owners.length > 0 && (
        <Select label={sayHere('owner')} value={owner} options={owners} onChange={(event) => setOwner(event.target.value)} />
      )}
      {!refused && <Problem error={create.error} />}
    </Dialog>
  );
}
