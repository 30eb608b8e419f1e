import { OfflineError } from './client';

/** One server-sent event; a comment line alone is an event without data. */
export interface ServerEvent {
  data: string;
  comment: string;
  id: string;
}

/**
 * Each event of a byte stream (HTML Standard, section 9.2.6); fields other than data, id and comments are skipped.
 * @param silence milliseconds after which a stream that says nothing counts as broken, as it does when the browser goes offline
 */
export async function* serverEvents(stream: ReadableStream<Uint8Array>, silence?: number): AsyncGenerator<ServerEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await (silence ? heard(reader.read(), silence) : reader.read());
      if (done) return;
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) yield parse(block);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A network that is lost seldom says so: it is silent. */
function heard<T>(next: Promise<T>, silence: number): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const lose = () => {
      end();
      reject(new OfflineError());
    };
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('offline', lose);
    };
    const timer = setTimeout(lose, silence);
    window.addEventListener('offline', lose);
    next.finally(end).then(resolve, reject);
  });
}

function parse(block: string): ServerEvent {
  const lines = block.split(/\r?\n/);
  const after = (start: string) =>
    lines
      .filter((line) => line.startsWith(start))
      .map((line) => line.slice(start.length).replace(/^ /, ''))
      .join('\n');
  return { data: after('data:'), comment: after(':'), id: after('id:') };
}
