import { ApiError, call, mayPass, OfflineError, online } from '../api/client';
import { serverEvents } from '../api/sse';
import type { Citation, Doubt } from '../api/types';

export type AnswerState = 'waiting' | 'writing' | 'reconnecting' | 'resumed' | 'done' | 'stopped' | 'interrupted' | 'failed';

/** More of it is to come. */
export const isGoing = (state: AnswerState) => ['waiting', 'writing', 'reconnecting', 'resumed'].includes(state);

/** An answer on its way, as the reader sees it. */
export interface LiveAnswer {
  state: AnswerState;
  text: string;
  reasoning: string;
  queuePosition?: number;
  queueSeconds?: number;
  isReading?: boolean;
  isFallback?: boolean;
  sourcesUnavailable?: boolean;
  citations: Citation[];
  doubts: Doubt[];
  error?: string;
}

export interface Asked {
  model: string;
  messages: { role: string; content: string }[];
  conversationId?: string;
  parentMessageId?: string;
  sources?: { mode?: 'off' | 'auto'; document_ids?: string[]; collection_ids?: string[] };
}

interface Chunk {
  choices?: { delta?: { content?: string; reasoning_content?: string }; finish_reason?: string | null }[];
  error?: { message: string };
  llmoin?: {
    status?: string;
    fallback?: boolean;
    sources_unavailable?: boolean;
    citations?: SnakeCitation[];
    doubts?: Doubt[];
  };
}

interface SnakeCitation {
  number: number;
  document_id: string;
  title: string;
  heading_path?: string | null;
  page?: number | null;
  start: number;
  end: number;
}

export const beginning: LiveAnswer = { state: 'waiting', text: '', reasoning: '', citations: [], doubts: [] };

/** A stream says something every second; this long after its last word, in milliseconds, it is taken for lost. */
const SILENCE = 10_000;

/** Between two tries to come back, in milliseconds. */
const AGAIN = 1_000;

/** Who follows an answer. */
export interface Follower {
  onStart: (answerId: string, conversationId: string | undefined) => void;
  onChange: (answer: LiveAnswer) => void;

  /** Reads no further; the answer goes on. */
  signal: AbortSignal;
}

/**
 * Asks and follows the answer to its end, over reloads of others and lost networks. Where the platform lost it, it is asked for again under the
 * same idempotency key, and so billed once.
 */
export async function ask(asked: Asked, follower: Follower): Promise<void> {
  const key = crypto.randomUUID();
  const put = () =>
    call('/v1/chat/completions', {
      method: 'POST',
      signal: follower.signal,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({
        model: asked.model,
        messages: asked.messages,
        stream: true,
        resumable: true,
        conversation_id: asked.conversationId,
        parent_message_id: asked.parentMessageId,
        sources: asked.sources,
      }),
    });
  follower.onChange(beginning);
  const response = await put();
  const id = response.headers.get('x-llmoin-answer-id') ?? '';
  follower.onStart(id, response.headers.get('x-llmoin-conversation-id') ?? asked.conversationId);
  await follow(id, follower, beginning, response, put);
}

/** Comes back to an answer that is being written. */
export async function resume(answerId: string, follower: Follower): Promise<void> {
  follower.onStart(answerId, undefined);
  await follow(answerId, follower, { ...beginning, state: 'resumed' });
}

async function follow(
  id: string,
  { signal, onChange }: Follower,
  start: LiveAnswer,
  first?: Response,
  putAgain?: () => Promise<Response>,
): Promise<void> {
  let answer = start;
  let lastEventId = '';
  const change = (news: Partial<LiveAnswer>) => onChange((answer = { ...answer, ...news }));
  const comeBack = () =>
    call(`/api/chat/answers/${id}/events`, { signal, headers: lastEventId ? { 'Last-Event-ID': lastEventId } : {} }).catch(
      (error: unknown) => {
        if (!putAgain || !(error instanceof ApiError) || error.code !== 'answer-interrupted') throw error;
        // What another instance writes now need not be what this one had.
        [answer, lastEventId] = [beginning, ''];
        return putAgain();
      },
    );

  for (let response = first; ; response = undefined) {
    try {
      response ??= await comeBack();
      if (response !== first) change({ state: 'resumed' });
      if (!response.body) throw new OfflineError();
      for await (const { data, comment, id: eventId } of serverEvents(response.body, SILENCE)) {
        if (comment) change(waiting(comment));
        if (!data) continue;
        const chunk = data === '[DONE]' ? {} : (JSON.parse(data) as Chunk);
        if (chunk.error) return change({ state: 'failed', error: chunk.error.message });
        const news = read(chunk, answer);
        if (news) change(news);
        if (eventId) lastEventId = eventId;
        if (!isGoing(answer.state)) return;
      }
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
    }
    change({ state: 'reconnecting' });
    await online(AGAIN);
  }
}

/** What a comment line of the stream says while nothing is written. */
export function waiting(comment: string): Partial<LiveAnswer> {
  const place = /^queue-position (\d+)(?:, about (\d+) s)?/.exec(comment);
  if (place) return { queuePosition: Number(place[1]), queueSeconds: place[2] ? Number(place[2]) : undefined, isReading: false };
  return comment === 'working' ? { queuePosition: undefined, queueSeconds: undefined, isReading: true } : {};
}

function read(chunk: Chunk, answer: LiveAnswer): Partial<LiveAnswer> | undefined {
  const delta = chunk.choices?.[0]?.delta;
  const news: Partial<LiveAnswer> = {};
  if (delta?.content)
    Object.assign(news, {
      state: answer.state === 'resumed' ? 'resumed' : 'writing',
      text: answer.text + delta.content,
      queuePosition: undefined,
      isReading: false,
    });
  if (delta?.reasoning_content) news.reasoning = answer.reasoning + delta.reasoning_content;
  if (chunk.llmoin) {
    news.isFallback = chunk.llmoin.fallback;
    news.sourcesUnavailable = chunk.llmoin.sources_unavailable;
    news.citations = (chunk.llmoin.citations ?? []).map(citation);
    news.doubts = chunk.llmoin.doubts ?? [];
  }
  if (chunk.choices?.[0]?.finish_reason) news.state = chunk.llmoin?.status === 'stopped' ? 'stopped' : 'done';
  return Object.keys(news).length > 0 ? news : undefined;
}

/** /v1 writes in OpenAI's snake_case. */
function citation({ document_id, heading_path, ...rest }: SnakeCitation): Citation {
  return { ...rest, documentId: document_id, headingPath: heading_path ?? null };
}
