/** One server-sent event; a comment line alone is an event without data. */
export interface ServerEvent {
  data: string;
  comment: string;
}

/** Each event of a byte stream (HTML Standard, section 9.2.6); fields other than data and comments are skipped. */
export async function* serverEvents(stream: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
  const reader = stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + value).split(/\r?\n\r?\n/);
      rest = blocks.pop() ?? '';
      for (const block of blocks) yield parse(block);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parse(block: string): ServerEvent {
  const lines = block.split(/\r?\n/);
  const after = (start: string) =>
    lines
      .filter((line) => line.startsWith(start))
      .map((line) => line.slice(start.length).replace(/^ /, ''))
      .join('\n');
  return { data: after('data:'), comment: after(':') };
}
