import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, NavLink, useNavigate, useParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Conversation, Page, SearchHit } from '../api/types';
import { Button } from '../components/Button';
import { Deletion } from '../components/Deletion';
import { Dialog } from '../components/Dialog';
import { TextField } from '../components/Field';
import { Menu } from '../components/Menu';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { exportFormats, exportPath } from './ExportMenu';
import { Dots, FolderChoice, MoveDialog } from './Folders';
import { highlighted } from './highlighted';
import { useListTexts } from './listTexts';

/** One's own conversations: the pinned first, by folder, searched in their titles and texts. */
export function ConversationList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const say = useTexts();
  const sayHere = useListTexts();
  const [search, setSearch] = useState('');
  const [folder, setFolder] = useState('');
  const narrowed = folder === 'archived' ? '&archived=true' : folder && `&folder=${folder}`;
  const list = useInfiniteQuery({
    queryKey: ['conversations', folder],
    queryFn: ({ pageParam }) =>
      getJson<Page<Conversation>>(`/api/chat/conversations?limit=50${narrowed}${pageParam && `&after=${encodeURIComponent(pageParam)}`}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const asked = search.trim();
  const found = useQuery({
    queryKey: ['conversations', 'search', asked],
    queryFn: () => getJson<Page<SearchHit>>(`/api/chat/conversations/search?query=${encodeURIComponent(asked)}&limit=20`),
    enabled: asked.length > 1,
  });
  const conversations = list.data?.pages.flatMap((page) => page.items) ?? [];

  return (
    <aside className={isOpen ? 'conversations conversations--open' : 'conversations'} aria-label={say('conversations')}>
      <div className="row">
        <Link to="/chat" className="kern-btn kern-btn--primary" onClick={onClose}>
          <span className="kern-icon kern-icon--add" aria-hidden="true" />
          <span className="kern-label">{say('newChat')}</span>
        </Link>
        <Button className="conversations__close" label={say('hideList')} kind="tertiary" icon="close" iconOnly onClick={onClose} />
      </div>
      <TextField
        label={say('searchConversations')}
        type="search"
        value={search}
        maxLength={200}
        onChange={(event) => setSearch(event.target.value)}
      />
      <FolderChoice value={folder} onChange={setFolder} />
      <Problem error={list.error ?? found.error} retry={() => void (list.error ? list : found).refetch()} />
      {found.data ? (
        <ul>
          {found.data.items.length === 0 && <li className="kern-body">{say('nothingFound')}</li>}
          {found.data.items.map((hit, index) => (
            <li key={index}>
              <NavLink to={`/chat/${hit.conversationId}`} className="kern-link" onClick={onClose}>
                {hit.title || say('untitled')}
              </NavLink>
              <p className="kern-body kern-body--small">
                {highlighted(hit.snippet.text, hit.snippet.matches).map(([text, isMatch], place) =>
                  isMatch ? <mark key={place}>{text}</mark> : text,
                )}
              </p>
            </li>
          ))}
        </ul>
      ) : (
        <ul>
          {conversations.length === 0 && list.isSuccess && (
            <li className="kern-body">
              {folder === 'archived' ? sayHere('noneArchived') : folder ? sayHere('noneHere') : say('noConversations')}
            </li>
          )}
          {conversations.map((conversation) => (
            <Entry key={conversation.id} conversation={conversation} onOpen={onClose} />
          ))}
          {list.hasNextPage && (
            <li>
              <Button label={say('more')} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} />
            </li>
          )}
        </ul>
      )}
    </aside>
  );
}

function Entry({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const say = useTexts();
  const sayHere = useListTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { conversationId } = useParams();
  const [dialog, setDialog] = useState<'rename' | 'move' | 'delete'>();
  const name = conversation.title || say('untitled');
  const { pinned, archived } = conversation;
  const change = useMutation({
    mutationFn: (news: object) => sendJson('PATCH', `/api/chat/conversations/${conversation.id}`, news),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['conversations'] });
      await queries.invalidateQueries({ queryKey: ['folders'] });
    },
  });
  const close = () => setDialog(undefined);
  return (
    <li>
      <div className="conversation">
        <NavLink to={`/chat/${conversation.id}`} className="kern-link" onClick={onOpen}>
          {pinned && <span className="kern-sr-only">{say('pinned')}: </span>}
          {pinned && <span aria-hidden="true">★ </span>}
          {name}
        </NavLink>
        <Menu label={say('conversationMenu', name)} button={<Dots />}>
          <li>
            <Button label={say(pinned ? 'unpin' : 'pin')} kind="tertiary" onClick={() => change.mutate({ pinned: !pinned })} />
          </li>
          <li>
            <Button label={say('rename')} kind="tertiary" onClick={() => setDialog('rename')} />
          </li>
          <li>
            <Button label={sayHere('move')} kind="tertiary" onClick={() => setDialog('move')} />
          </li>
          <li>
            <Button
              label={archived ? sayHere('takeBack') : say('archive')}
              kind="tertiary"
              onClick={() => change.mutate({ archived: !archived })}
            />
          </li>
          {exportFormats.map(([format, formatName]) => (
            <li key={format}>
              <a className="kern-link" download href={exportPath(conversation.id, format)}>
                {sayHere('exportTo', formatName)}
              </a>
            </li>
          ))}
          <li>
            <Button label={say('delete')} kind="tertiary" onClick={() => setDialog('delete')} />
          </li>
        </Menu>
      </div>
      <Problem error={change.error} />
      {dialog === 'rename' && <RenameDialog conversation={conversation} onClose={close} />}
      {dialog === 'move' && <MoveDialog conversation={conversation} name={name} onClose={close} />}
      {dialog === 'delete' && (
        <Deletion
          title={say('deleteConversation', name)}
          text={say('deleteConversationText')}
          path={`/api/chat/conversations/${conversation.id}`}
          changes={['conversations', 'folders']}
          onGone={() => conversationId === conversation.id && navigate('/chat')}
          onClose={close}
        />
      )}
    </li>
  );
}

function RenameDialog({ conversation, onClose }: { conversation: Conversation; onClose: () => void }) {
  const say = useTexts();
  const queries = useQueryClient();
  const [title, setTitle] = useState(conversation.title);
  const rename = useMutation({
    mutationFn: () => sendJson('PATCH', `/api/chat/conversations/${conversation.id}`, { title: title.trim() }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['conversations'] });
      await queries.invalidateQueries({ queryKey: ['conversation', conversation.id] });
    },
  });
  return (
    <Dialog title={say('rename')} action={say('save')} isBusy={rename.isPending} onClose={onClose} onAction={() => rename.mutate()}>
      <TextField label={say('title')} value={title} required maxLength={200} onChange={(event) => setTitle(event.target.value)} />
      <Problem error={rename.error} />
    </Dialog>
  );
}
