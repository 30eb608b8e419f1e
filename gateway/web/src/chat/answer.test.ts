import { expect, test } from 'vitest';
import { waiting } from './answer';

test('comment lines say how long one waits', () => {
  expect(waiting('queue-position 3, about 12 s')).toMatchObject({ queuePosition: 3, queueSeconds: 12 });
  expect(waiting('queue-position 1')).toMatchObject({ queuePosition: 1, queueSeconds: undefined });
  expect(waiting('working')).toMatchObject({ isReading: true, queuePosition: undefined });
  expect(waiting('waiting')).toEqual({});
});
