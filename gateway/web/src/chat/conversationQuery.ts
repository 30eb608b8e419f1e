import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Conversation } from '../api/types';

/** A conversation without its messages. */
export const conversationQuery = (id: string | undefined) =>
  queryOptions({ queryKey: ['conversation', id], queryFn: () => getJson<Conversation>(`/api/chat/conversations/${id}`), enabled: !!id });
