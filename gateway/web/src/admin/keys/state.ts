import type { ApiKey } from '../types';

export type KeyState = 'keyLive' | 'keyExpired' | 'keyRevoked';

/** Whether a key still opens anything. */
export function stateOf(key: Pick<ApiKey, 'revokedAt' | 'expiresAt'>, now: Date): KeyState {
  if (key.revokedAt) return 'keyRevoked';
  return new Date(key.expiresAt) <= now ? 'keyExpired' : 'keyLive';
}
