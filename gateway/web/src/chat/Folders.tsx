import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { getJson, sendJson } from '../api/client';
import type { Conversation, Folder, Page } from '../api/types';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Deletion } from '../components/Deletion';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Menu } from '../components/Menu';
import { Problem } from '../components/Problem';
import { number, useTexts } from '../i18n';
import { useListTexts } from './listTexts';

export function useFolders(): Folder[] {
  const folders = useQuery({ queryKey: ['folders'], queryFn: async () => (await getJson<Page<Folder>>('/api/chat/folders')).items });
  return folders.data ?? [];
}

/** Which conversations the list shows: all, those of a folder, those in none, those put away. Here folders are made, renamed and deleted. */
export function FolderChoice({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const say = useTexts();
  const sayHere = useListTexts();
  const folders = useFolders();
  const [dialog, setDialog] = useState<'new' | 'rename' | 'delete'>();
  const chosen = folders.find(({ id }) => id === value);
  return (
    <div className="folders">
      <Select
        label={say('folder')}
        value={value}
        options={[
          ['', say('all')],
          ...folders.map(({ id, name, conversations }): [string, string] => [id, `${name} (${number(conversations)})`]),
          ...(folders.length > 0 ? [['none', say('noFolder')] as [string, string]] : []),
          ['archived', sayHere('archived')],
        ]}
        onChange={(event) => onChange(event.target.value)}
      />
      <Menu label={chosen ? sayHere('folderMenu', chosen.name) : say('newFolder')} button={<Dots />}>
        <li>
          <Button label={say('newFolder')} kind="tertiary" onClick={() => setDialog('new')} />
        </li>
        {chosen && (
          <>
            <li>
              <Button label={sayHere('renameFolder')} kind="tertiary" onClick={() => setDialog('rename')} />
            </li>
            <li>
              <Button label={say('delete')} kind="tertiary" onClick={() => setDialog('delete')} />
            </li>
          </>
        )}
      </Menu>
      {dialog === 'new' && <NameDialog onClose={() => setDialog(undefined)} onDone={onChange} />}
      {dialog === 'rename' && <NameDialog folder={chosen} onClose={() => setDialog(undefined)} />}
      {dialog === 'delete' && chosen && (
        <Deletion
          title={sayHere('deleteFolder', chosen.name)}
          text={sayHere('deleteFolderText', number(chosen.conversations))}
          path={`/api/chat/folders/${chosen.id}`}
          changes={['folders', 'conversations']}
          onGone={() => onChange('')}
          onClose={() => setDialog(undefined)}
        />
      )}
    </div>
  );
}

export const Dots = () => <span className="kern-icon kern-icon--more-vert" aria-hidden="true" />;

function NameDialog({ folder, onClose, onDone }: { folder?: Folder; onClose: () => void; onDone?: (id: string) => void }) {
  const say = useTexts();
  const sayHere = useListTexts();
  const queries = useQueryClient();
  const [name, setName] = useState(folder?.name ?? '');
  const save = useMutation({
    mutationFn: () =>
      folder
        ? sendJson<undefined>('PATCH', `/api/chat/folders/${folder.id}`, { name: name.trim() })
        : sendJson<Folder>('POST', '/api/chat/folders', { name: name.trim() }),
    onSuccess: async (created) => {
      await queries.invalidateQueries({ queryKey: ['folders'] });
      if (created) onDone?.(created.id);
      onClose();
    },
  });
  return (
    <Dialog
      title={folder ? sayHere('renameFolder') : say('newFolder')}
      action={say(folder ? 'save' : 'create')}
      isBusy={save.isPending}
      onClose={onClose}
      onAction={() => save.mutate()}
    >
      <TextField
        label={say('folderName')}
        value={name}
        required
        maxLength={100}
        error={save.error ? save.error.message : undefined}
        onChange={(event) => setName(event.target.value)}
      />
    </Dialog>
  );
}

/** Puts a conversation into a folder, one that is there or a new one, or out of it. */
export function MoveDialog({ conversation, name, onClose }: { conversation: Conversation; name: string; onClose: () => void }) {
  const say = useTexts();
  const sayHere = useListTexts();
  const queries = useQueryClient();
  const folders = useFolders();
  const [folderId, setFolder] = useState(conversation.folderId ?? '');
  const [newName, setNewName] = useState('');
  const move = useMutation({
    mutationFn: async () => {
      const target = newName.trim() ? (await sendJson<Folder>('POST', '/api/chat/folders', { name: newName.trim() })).id : folderId || null;
      await sendJson('PUT', `/api/chat/conversations/${conversation.id}/folder`, { folderId: target });
    },
    onSuccess: async () => {
      announce(sayHere('moved'));
      onClose();
      await queries.invalidateQueries({ queryKey: ['folders'] });
      await queries.invalidateQueries({ queryKey: ['conversations'] });
    },
  });
  return (
    <Dialog
      title={sayHere('moveTitle', name)}
      action={sayHere('doMove')}
      isBusy={move.isPending}
      onClose={onClose}
      onAction={() => move.mutate()}
    >
      <Select
        label={sayHere('toFolder')}
        value={folderId}
        disabled={!!newName.trim()}
        options={[['', say('noFolder')], ...folders.map(({ id, name }): [string, string] => [id, name])]}
        onChange={(event) => setFolder(event.target.value)}
      />
      <TextField
        label={sayHere('newFolderName')}
        isOptional
        value={newName}
        maxLength={100}
        onChange={(event) => setNewName(event.target.value)}
      />
      <Problem error={move.error} />
    </Dialog>
  );
}
