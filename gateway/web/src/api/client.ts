import { language } from '../i18n';

/** What the platform says when it refuses something: RFC 9457, or OpenAI's error object under /v1. */
interface Problem {
  type?: string;
  title?: string;
  titleDe?: string;
  detail?: string;
  detailDe?: string;
  field?: string;
  requestId?: string;
  error?: { message?: string; code?: string; param?: string };
}

/** A refusal, its message in the reader's language. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string,
    readonly field?: string,
    readonly requestId?: string,
  ) {
    super(message);
  }
}

/** The network, not the platform: nothing was answered. */
export class OfflineError extends Error {}

/** A refusal is final, unless it is that of a platform that is just starting or has too much to do. */
export const mayPass = (error: unknown) => !(error instanceof ApiError) || error.status >= 500 || error.status === 429;

/** After a while, in milliseconds, and not before there is a network. */
export async function online(pause: number) {
  await new Promise((resolve) => setTimeout(resolve, pause));
  if (!navigator.onLine) await new Promise((resolve) => window.addEventListener('online', resolve, { once: true }));
}

type SignedOutListener = () => void;
let signedOut: SignedOutListener = () => undefined;

/** Hears when the session has ended; there is one listener, the session's. */
export function onSignedOut(listener: SignedOutListener) {
  signedOut = listener;
}

/** Asks our own API; everything but a success throws. */
export async function call(path: string, options: RequestInit = {}): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, { ...options, headers: { 'X-LLMoin-CSRF': '1', 'Accept-Language': language(), ...options.headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new OfflineError();
  }
  if (response.ok) return response;
  if (response.status === 401) signedOut();
  throw await refusal(response);
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await call(path, { signal: signal ?? null })).json() as Promise<T>;
}

/** Sends JSON and gives what comes back; undefined where nothing does. */
export async function sendJson<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<T> {
  const response = await call(path, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Sends a form and says how much of it is on its way, which fetch does not. */
export function sendForm<T>(
  method: string,
  path: string,
  form: FormData,
  headers: Record<string, string>,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    for (const [name, value] of Object.entries({ 'X-LLMoin-CSRF': '1', 'Accept-Language': language(), ...headers }))
      request.setRequestHeader(name, value);
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => lengthComputable && onProgress(loaded / total);
    request.onerror = () => reject(new OfflineError());
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) return resolve(JSON.parse(request.responseText) as T);
      if (request.status === 401) signedOut();
      refusal(new Response(request.responseText, { status: request.status || 500 })).then(reject, reject);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const german = language() === 'de';
  const text =
    problem.error?.message ??
    (german
      ? (problem.detailDe ?? (problem.titleDe && problem.detail ? `${problem.titleDe}: ${problem.detail}` : problem.titleDe))
      : undefined) ??
    problem.detail ??
    problem.title ??
    `HTTP ${response.status}`;
  return new ApiError(
    response.status,
    text,
    problem.error?.code ?? problem.type?.split(':').pop() ?? '',
    problem.error?.param ?? problem.field,
    problem.requestId ?? response.headers.get('x-request-id') ?? undefined,
  );
}
