import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { getJson, sendJson } from '../api/client';
import type { Message, Page } from '../api/types';
import { announce } from '../components/Announcer';
import { describe } from '../components/Problem';
import { say } from '../i18n';
import { ask, type Asked, type AnswerState, type Follower, type LiveAnswer, resume } from './answer';
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
  const running = useRef<Reading>(undefined);
  const [conversation, messages] = useQueries({
    queries: [conversationQuery(id), { queryKey: ['messages', id], queryFn: () => allMessages(id ?? ''), enabled: !!id }],
  });

  const shown: BranchMessage[] = branch(messages.data ?? [], conversation.data?.leafId);

  /** Shows an answer while it comes, and what was kept of it when it has come. */
  const show = async (question: string, after: string | null, read: (follower: Follower) => Promise<void>) => {
    const reading: Reading = (running.current = { reader: new AbortController(), conversationId: id });
    const draw = perFrame((answer: LiveAnswer) => setLive({ question, after, answer }));
    let latest: LiveAnswer | undefined;
    setError(undefined);
    try {
      await read({
        signal: reading.reader.signal,
        onStart: (answerId, conversationId) => {
          reading.answerId = answerId;
          reading.conversationId ??= conversationId;
          if (reading.isUnwanted) stopAnswer(reading);
          // From now on a reload finds the answer, and so does who comes back from another conversation.
          if (!id && isHere('/chat')) window.history.replaceState(window.history.state, '', `/chat/${reading.conversationId}`);
          void queries.invalidateQueries({ queryKey: ['conversation', reading.conversationId] });
        },
        onChange: (answer) => {
          if (answer.state !== latest?.state && isAnnounced(answer.state)) announce(say(answer.state));
          latest = answer;
          draw(answer);
        },
      });
      await Promise.all(
        ['messages', 'conversation', 'conversations'].map((key) =>
          queries.invalidateQueries({ queryKey: key === 'conversations' ? [key] : [key, reading.conversationId] }),
        ),
      );
      draw.cancel();
      const isFailed = latest?.state === 'failed';
      setLive(latest && isFailed ? { question, after, answer: latest } : undefined);
      // Why it failed is kept nowhere else, so that it stays in view.
      if (!id && !isFailed && isHere(`/chat/${reading.conversationId}`))
        await navigate(`/chat/${reading.conversationId}`, { replace: true });
    } catch (failure) {
      draw.cancel();
      setLive(undefined);
      setError(failure);
      announce(describe(failure));
      throw failure;
    }
  };

  const send = ({ question, after, isRegeneration, choice }: Request) => {
    const before = after ? shown.slice(0, shown.findIndex(({ message }) => message.id === after) + 1) : [];
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
    return show(question, after, (follower) => ask(asked, follower));
  };

  // The open branch ends in a question that is being answered: by this page before it was reloaded, or by another one.
  const last = shown.at(-1)?.message;
  const answering = !live && last?.role === 'user' ? conversation.data?.runningAnswerId : undefined;
  useEffect(() => {
    if (!answering || !last || running.current?.answerId === answering) return;
    void show(last.content, last.id, (follower) => resume(answering, follower)).catch(() => undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only another answer is a reason to follow one
  }, [answering, last?.id]);

  return {
    conversation: conversation.data,
    shown,
    live,
    error: error ?? messages.error ?? conversation.error,
    isLoading: !!id && messages.isPending,
    messages: messages.data ?? [],
    send,
    stop: () => {
      if (!running.current) return;
      running.current.isUnwanted = true;
      if (running.current.answerId) stopAnswer(running.current);
    },
  };
}

/** An answer that is being read here. */
interface Reading {
  reader: AbortController;
  conversationId: string | undefined;
  answerId?: string;

  /** Its reader pressed stop; maybe before it was known what to stop. */
  isUnwanted?: boolean;
}

/** The answer ends for all who read it, and its stream says so. Where the platform cannot be reached, at least reading ends. */
function stopAnswer({ answerId, reader }: Reading) {
  sendJson('POST', `/api/chat/answers/${answerId}/stop`).catch((error: unknown) => reader.abort(error));
}

const isHere = (path: string) => window.location.pathname.replace(/\/$/, '') === path;

const isAnnounced = (state: AnswerState) =>
  state === 'waiting' || state === 'reconnecting' || state === 'resumed' || state === 'stopped' || state === 'done';

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
function perFrame<T>(show: (value: T) => void): { (value: T): void; cancel: () => void } {
  let latest: T;
  let frame: number | undefined;
  const take = (value: T) => {
    latest = value;
    frame ??= requestAnimationFrame(() => {
      frame = undefined;
      show(latest);
    });
  };
  return Object.assign(take, { cancel: () => frame !== undefined && cancelAnimationFrame(frame) });
}
