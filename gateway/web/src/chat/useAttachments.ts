import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Conversation, SourceDocument } from '../api/types';
import { conversationQuery } from './conversationQuery';

/** The documents on which a conversation's answers rest; attaching the first to a new chat begins the conversation. */
export function useAttachments(conversationId: string | undefined) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const conversation = useQuery(conversationQuery(conversationId));
  const ids = conversation.data?.documentIds ?? [];
  const documents = useQuery({
    queryKey: ['attachments', ids],
    queryFn: () => Promise.all(ids.map((id) => getJson<SourceDocument>(`/api/retrieval/documents/${id}`).catch(() => ({ id, title: id })))),
    enabled: ids.length > 0,
  });

  const put = async (documentIds: string[]) => {
    await sendJson('PUT', `/api/chat/conversations/${conversationId}/documents`, { documentIds });
    await queries.invalidateQueries({ queryKey: ['conversation', conversationId] });
  };
  return {
    documents: ids.length > 0 ? (documents.data ?? []) : [],
    add: async (document: SourceDocument) => {
      if (conversationId) return put([...new Set([...ids, document.id])]);
      const begun = await sendJson<Conversation>('POST', '/api/chat/conversations', {
        title: document.title.slice(0, 200),
        documentIds: [document.id],
      });
      await queries.invalidateQueries({ queryKey: ['conversations'] });
      await navigate(`/chat/${begun.id}`);
    },
    remove: (id: string) => void put(ids.filter((other) => other !== id)),
  };
}
