import { expect, test } from 'vitest';
import { serverEvents } from './sse';

async function read(...chunks: string[]) {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events = [];
  for await (const event of serverEvents(stream)) events.push(event);
  return events;
}

test('events are whole wherever the network cuts them', async () => {
  const whole = 'id: 0.1.0\ndata: {"a":"ü"}\n\n: queue-position 3\n\ndata: [DONE]\n\n';
  const expected = await read(whole);
  expect(expected).toEqual([
    { data: '{"a":"ü"}', comment: '', id: '0.1.0' },
    { data: '', comment: 'queue-position 3', id: '' },
    { data: '[DONE]', comment: '', id: '' },
  ]);
  for (let cut = 1; cut < whole.length; cut++) expect(await read(whole.slice(0, cut), whole.slice(cut))).toEqual(expected);
});

test('several data lines are one text, and what has no end yet is no event', async () => {
  expect(await read('data: a\ndata: b\r\n\r\ndata: unfinished')).toEqual([{ data: 'a\nb', comment: '', id: '' }]);
});
