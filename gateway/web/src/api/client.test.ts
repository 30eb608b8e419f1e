import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, getJson } from './client';

afterEach(() => vi.unstubAllGlobals());

async function refused(problem: object): Promise<ApiError> {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify(problem), { status: 400 })));
  return getJson('/api/chat/folders').then(
    () => expect.unreachable(),
    (error: unknown) => error as ApiError,
  );
}

const problem = {
  type: 'urn:llmoin:problem:invalid-request',
  title: 'The request is not valid',
  titleDe: 'Die Anfrage ist ungültig',
  field: 'name',
};

test('a refusal is told in German to who reads German', async () => {
  const error = await refused({ ...problem, detail: 'At most 5 characters.', detailDe: 'Höchstens 5 Zeichen.' });
  expect(error.message).toBe('Höchstens 5 Zeichen.');
  expect([error.code, error.field]).toEqual(['invalid-request', 'name']);
});

test('what is said in English only is not kept back', async () => {
  expect((await refused({ ...problem, detail: 'At most 5 characters.' })).message).toBe('Die Anfrage ist ungültig: At most 5 characters.');
  expect((await refused(problem)).message).toBe('Die Anfrage ist ungültig');
});
