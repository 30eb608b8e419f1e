import { call } from '../api/client';
import { serverEvents } from '../api/sse';

interface Chunk {
  choices?: { delta?: { content?: string } }[];
  error?: { message: string };
}

/** Puts a text as a question that no conversation keeps; the answer so far comes through `onText`. */
export async function tryText(
  asked: { model: string; text: string; documents: string[]; collections: string[] },
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<void> {
  const [documents, collections] = [asked.documents.filter(Boolean), asked.collections.filter(Boolean)];
  const named = documents.length + collections.length > 0;
  const response = await call('/v1/chat/completions', {
    method: 'POST',
    signal,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model: asked.model,
      messages: [{ role: 'user', content: asked.text }],
      stream: true,
      store: false,
      sources: named ? { document_ids: documents, collection_ids: collections } : undefined,
    }),
  });
  if (!response.body) return;
  let text = '';
  for await (const { data } of serverEvents(response.body)) {
    if (!data || data === '[DONE]') continue;
    const chunk = JSON.parse(data) as Chunk;
    if (chunk.error) throw new Error(chunk.error.message);
    const more = chunk.choices?.[0]?.delta?.content;
    if (more) onText((text += more));
  }
}
