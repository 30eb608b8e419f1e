import { call, OfflineError } from '../api/client';
import { serverEvents } from '../api/sse';
import type { Citation, Doubt } from '../api/types';

export type AnswerState = 'waiting' | 'writing' | 'done' | 'stopped' | 'interrupted' | 'failed';

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

/**
 * Asks and follows the answer to its end; each change comes through `onChange`. Sent with an idempotency key, so that the same request after a
 * broken connection gets the same answer and is billed once.
 * @returns the conversation's id
 */
export async function ask(
  asked: Asked,
  key: string,
  signal: AbortSignal,
  onChange: (answer: LiveAnswer) => void,
): Promise<string | undefined> {
  let answer = beginning;
  const change = (news: Partial<LiveAnswer>) => onChange((answer = { ...answer, ...news }));
  change({});
  const response = await call('/v1/chat/completions', {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({
      model: asked.model,
      messages: asked.messages,
      stream: true,
      conversation_id: asked.conversationId,
      parent_message_id: asked.parentMessageId,
      sources: asked.sources,
    }),
  });
  const conversation = response.headers.get('x-llmoin-conversation-id') ?? asked.conversationId;
  if (!response.body) throw new OfflineError();
  let finished = false;
  try {
    for await (const { data, comment } of serverEvents(response.body)) {
      if (comment) change(waiting(comment));
      if (!data || data === '[DONE]') continue;
      const chunk = JSON.parse(data) as Chunk;
      if (chunk.error) {
        change({ state: 'failed', error: chunk.error.message });
        return conversation;
      }
      const news = read(chunk, answer);
      if (chunk.choices?.[0]?.finish_reason) finished = true;
      if (news) change(news);
    }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      change({ state: 'stopped' });
      return conversation;
    }
  }
  change({ state: finished ? 'done' : 'interrupted' });
  return conversation;
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
    Object.assign(news, { state: 'writing', text: answer.text + delta.content, queuePosition: undefined, isReading: false });
  if (delta?.reasoning_content) news.reasoning = answer.reasoning + delta.reasoning_content;
  if (chunk.llmoin) {
    news.isFallback = chunk.llmoin.fallback;
    news.sourcesUnavailable = chunk.llmoin.sources_unavailable;
    news.citations = (chunk.llmoin.citations ?? []).map(citation);
    news.doubts = chunk.llmoin.doubts ?? [];
  }
  return Object.keys(news).length > 0 ? news : undefined;
}

/** /v1 writes in OpenAI's snake_case. */
function citation({ document_id, heading_path, ...rest }: SnakeCitation): Citation {
  return { ...rest, documentId: document_id, headingPath: heading_path ?? null };
}
