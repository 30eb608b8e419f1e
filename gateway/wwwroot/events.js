/** Each server-sent event of a byte stream (HTML Standard, section 9.2) as { data, comment }; other fields are skipped. */
export async function* events(stream) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  while (true) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = block.split(/\r?\n/);
      const after = start => lines.filter(line => line.startsWith(start)).map(line => line.slice(start.length).replace(/^ /, '')).join('\n');
      yield { data: after('data:'), comment: after(':') };
    }
  }
}
