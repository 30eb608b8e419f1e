import type { OperationsText } from '../texts';

/** What is asked to see whether a service answers: something small. Who may not have it is told so by the service itself. */
export const services: { name: string; text: OperationsText; path: string }[] = [
  { name: 'gateway', text: 'service_gateway', path: '/health/ready' },
  { name: 'identity', text: 'service_identity', path: '/api/identity/me' },
  { name: 'chat', text: 'service_chat', path: '/api/chat/workers' },
  { name: 'retrieval', text: 'service_retrieval', path: '/api/retrieval/collections?limit=1' },
  { name: 'prompts', text: 'service_prompts', path: '/api/prompts/templates?limit=1' },
  { name: 'billing', text: 'service_billing', path: '/api/billing/tariffs?limit=1' },
];

export interface Probe {
  answers: boolean;
  milliseconds: number;
}

/** The gateway answers 502 to 504 in place of a service that does not, and nothing answers where the gateway is away. */
export async function probe(path: string, signal: AbortSignal): Promise<Probe> {
  const start = performance.now();
  try {
    const response = await fetch(path, { signal, headers: { 'X-LLMoin-CSRF': '1' }, cache: 'no-store' });
    // Unread, it would hold one of the few connections that a browser has.
    await response.arrayBuffer();
    return { answers: response.status < 500, milliseconds: performance.now() - start };
  } catch (error) {
    if (signal.aborted) throw error;
    return { answers: false, milliseconds: performance.now() - start };
  }
}
