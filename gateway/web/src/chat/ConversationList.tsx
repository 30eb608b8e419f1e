import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, NavLink, useNavigate, useParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Conversation, Folder, Page, SearchHit } from '../api/types';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select, TextField } from '../components/Field';
import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';

/** One's own conversations: the pinned first, by folder, searched in their titles and texts. */
export function ConversationList({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const say = useTexts();
  const [search, setSearch] = useState('');
  const [folder, setFolder] = useState('');
  const folders = useQuery({ queryKey: ['folders'], queryFn: async () => await getJson<Page<Folder> | Folder[]>('/api/chat/folders') });
  const known = Array.isArray(folders.data) ? folders.data : (folders.data?.items ?? []);
  const list = useInfiniteQuery({
    queryKey: ['conversations', folder],
    queryFn: ({ pageParam }) =>
      getJson<Page<Conversation>>(
        `/api/chat/conversations?limit=50${folder ? `&folder=${folder}` : ''}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const found = useQuery({
    queryKey: ['conversations', 'search', search],
    queryFn: () => getJson<Page<SearchHit>>(`/api/chat/conversations/search?query=${encodeURIComponent(search)}&limit=20`),
    enabled: search.trim().length > 1,
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
      {known.length > 0 && (
        <Select
          label={say('folder')}
          value={folder}
          options={[['', say('all')], ...known.map(({ id, name }): [string, string] => [id, name])]}
          onChange={(event) => setFolder(event.target.value)}
        />
      )}
      <Problem error={list.error ?? found.error} retry={() => void list.refetch()} />
      {found.data ? (
        <ul>
          {found.data.items.length === 0 && <li className="kern-body">{say('nothingFound')}</li>}
          {found.data.items.map((hit, index) => (
            <li key={index}>
              <NavLink to={`/chat/${hit.conversationId}`} className="kern-link" onClick={onClose}>
                {hit.title || say('untitled')}
              </NavLink>
              <p className="kern-body kern-body--small">{hit.snippet.text}</p>
            </li>
          ))}
        </ul>
      ) : (
        <ul>
          {conversations.length === 0 && !list.isPending && <li className="kern-body">{say('noConversations')}</li>}
          {conversations.map((conversation) => (
            <Entry key={conversation.id} conversation={conversation} onOpen={onClose} />
          ))}
          {list.hasNextPage && (
            <li>
              <Button label={say('more')} onClick={() => void list.fetchNextPage()} />
            </li>
          )}
        </ul>
      )}
    </aside>
  );
}

function Entry({ conversation, onOpen }: { conversation: Conversation; onOpen: () => void }) {
  const say = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { conversationId } = useParams();
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const [title, setTitle] = useState(conversation.title);
  const name = conversation.title || say('untitled');
  const path = `/api/chat/conversations/${conversation.id}`;
  const change = async (body: object) => {
    await sendJson('PATCH', path, body);
    await queries.invalidateQueries({ queryKey: ['conversations'] });
    await queries.invalidateQueries({ queryKey: ['conversation', conversation.id] });
  };
  return (
    <li className="conversation">
      <NavLink to={`/chat/${conversation.id}`} className="kern-link" onClick={onOpen}>
        {conversation.pinned && <span className="kern-sr-only">{say('pinned')}: </span>}
        {conversation.pinned && <span aria-hidden="true">★ </span>}
        {name}
      </NavLink>
      <details className="menu">
        <summary className="kern-btn kern-btn--tertiary kern-btn--x-small" aria-label={say('conversationMenu', name)}>
          <span className="kern-icon kern-icon--more-vert" aria-hidden="true" />
        </summary>
        <ul>
          <li>
            <Button
              label={say(conversation.pinned ? 'unpin' : 'pin')}
              kind="tertiary"
              onClick={() => void change({ pinned: !conversation.pinned })}
            />
          </li>
          <li>
            <Button label={say('rename')} kind="tertiary" onClick={() => setDialog('rename')} />
          </li>
          <li>
            <Button label={say('archive')} kind="tertiary" onClick={() => void change({ archived: true })} />
          </li>
          <li>
            <Button label={say('delete')} kind="tertiary" onClick={() => setDialog('delete')} />
          </li>
        </ul>
      </details>
      {dialog === 'rename' && (
        <Dialog
          title={say('rename')}
          action={say('save')}
          onClose={() => setDialog(undefined)}
          onAction={() => {
            if (title.trim()) void change({ title: title.trim() });
            setDialog(undefined);
          }}
        >
          <TextField label={say('title')} value={title} maxLength={200} onChange={(event) => setTitle(event.target.value)} />
        </Dialog>
      )}
      {dialog === 'delete' && (
        <Dialog
          title={say('deleteConversation', name)}
          action={say('delete')}
          onClose={() => setDialog(undefined)}
          onAction={() => {
            setDialog(undefined);
            void sendJson('DELETE', path).then(async () => {
              await queries.invalidateQueries({ queryKey: ['conversations'] });
              if (conversationId === conversation.id) await navigate('/chat');
            });
          }}
        >
          <p className="kern-body">{say('deleteConversationText')}</p>
        </Dialog>
      )}
    </li>
  );
}
