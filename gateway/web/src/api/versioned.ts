import { call, sendJson } from './client';

/** Something with the version under which it was read. */
export interface Versioned<T> {
  value: T;
  etag: string;
}

export async function getVersioned<T>(path: string, signal?: AbortSignal): Promise<Versioned<T>> {
  const response = await call(path, { signal: signal ?? null });
  return { value: (await response.json()) as T, etag: response.headers.get('etag') ?? '' };
}

/** Changes only the version that was read; what somebody else has changed since is refused (412). */
export const sendVersioned = <T>(method: string, path: string, etag: string, body?: unknown) =>
  sendJson<T>(method, path, body, { 'If-Match': etag });
