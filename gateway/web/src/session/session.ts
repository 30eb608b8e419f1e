import { createContext, use } from 'react';
import type { Me } from '../api/types';

export const SessionContext = createContext<Me | null>(null);

/** Who is signed in. Only below the page's frame, which shows nothing else without a session. */
export function useMe(): Me {
  const me = use(SessionContext);
  if (!me) throw new Error('Nobody is signed in.');
  return me;
}

/** Through the gateway's cookie: no token ever comes into the page. */
export function signIn() {
  const here = window.location.pathname + window.location.search;
  window.location.assign(`/auth/login?returnUrl=${encodeURIComponent(here.includes('sign-in=failed') ? '/' : here)}`);
}
