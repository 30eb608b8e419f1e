import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { getJson } from '../api/client';
import type { Message, Page } from '../api/types';
import { announce } from '../components/Announcer';
import { describe } from '../components/Problem';
import { say } from '../i18n';
import { ask, type Asked, beginning, type LiveAnswer } from './answer';
import { conversationQuery } from './conversationQuery';
import { branch, type BranchMessage } from './branches';

/** The question that is being answered and its answer. */
export interface LiveExchange {
  question: string;

  /** The message under which both stand; what comes after it on the branch is not shown meanwhile. */
  after: string | null;
  answer: LiveAnswer;
}

interface Request {
  question: string;
  after: string | null;
  isRegeneration?: boolean;
  choice: Choice;
}

/** What the reader chose beside their words. */
export interface Choice {
  model: string;

  /** A collection's id, `everywhere` or `off`. */
  sources: string;
}

/** A conversation with what is being written into it just now. */
export function useConversation(id: string | undefined) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [live, setLive] = useState<LiveExchange>();
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  const [conversation, messages] = useQueries({
    queries: [conversationQuery(id), { queryKey: ['messages', id], queryFn: () => allMessages(id ?? ''), enabled: !!id }],
  });

  const shown: BranchMessage[] = branch(messages.data ?? [], conversation.data?.leafId);

  const send = useCallback(
    async ({ question, after, isRegeneration, choice }: Request) => {
      const before = after ? shown.slice(0, shown.findIndex(({ message }) => message.id === after) + 1) : [];
      const stop = (running.current = new AbortController());
      const follow = (answer: LiveAnswer) => setLive({ question, after, answer });
      setError(undefined);
      follow(beginning);
      announce(say('waiting'));
      try {
        const asked: Asked = {
          model: choice.model,
          messages: [
            ...before.map(({ message }) => ({ role: message.role, content: message.content })),
            ...(isRegeneration ? [] : [{ role: 'user', content: question }]),
          ],
          conversationId: id,
          parentMessageId: after ?? id,
          sources: sourcesOf(choice.sources),
        };
        const conversationId = await ask(asked, crypto.randomUUID(), stop.signal, perFrame(follow));
        await Promise.all([
          queries.invalidateQueries({ queryKey: ['messages', conversationId] }),
          queries.invalidateQueries({ queryKey: ['conversation', conversationId] }),
          queries.invalidateQueries({ queryKey: ['conversations'] }),
        ]);
        setLive((last) => (last?.answer.state === 'failed' ? last : undefined));
        announce(say(stop.signal.aborted ? 'stopped' : 'done'));
        if (!id && conversationId) await navigate(`/chat/${conversationId}`, { replace: true });
      } catch (failure) {
        setLive(undefined);
        setError(failure);
        announce(describe(failure));
        throw failure;
      }
    },
    [id, navigate, queries, shown],
  );

  return {
    conversation: conversation.data,
    shown,
    live,
    error: error ?? messages.error ?? conversation.error,
    isLoading: !!id && messages.isPending,
    messages: messages.data ?? [],
    send,
    stop: () => running.current?.abort(),
  };
}

async function allMessages(id: string): Promise<Message[]> {
  const all: Message[] = [];
  let after: string | null | undefined;
  do {
    const page: Page<Message> = await getJson(`/api/chat/conversations/${id}/messages?limit=200${after ? `&after=${after}` : ''}`);
    all.push(...page.items);
    after = page.next;
  } while (after);
  return all;
}

function sourcesOf(choice: string): Asked['sources'] {
  if (choice === 'everywhere') return undefined;
  return choice === 'off' ? { mode: 'off' } : { collection_ids: [choice] };
}

/** Hands on the latest of many changes once per frame, as nobody sees more. */
function perFrame<T>(show: (value: T) => void): (value: T) => void {
  let latest: T;
  let isPlanned = false;
  return (value) => {
    latest = value;
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(() => {
      isPlanned = false;
      show(latest);
    });
  };
}
