import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { onSignedOut } from '../api/client';
import type { Me } from '../api/types';
import { useTexts } from '../i18n';
import { SignIn } from './SignIn';
import { SessionContext, signIn } from './session';

/**
 * Shows the page to who is signed in. When the session ends meanwhile the page stays as it is, with a notice above it: nothing that was
 * typed is lost.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const say = useTexts();
  const [me, setMe] = useState<Me | null>();
  const [ended, setEnded] = useState(false);

  useEffect(() => {
    onSignedOut(() => setEnded(true));
    // In small steps, between which the browser can answer to the keyboard.
    const show = (found: Me | null) => startTransition(() => setMe(found));
    fetch('/auth/me')
      .then(async (response) => show(response.ok ? ((await response.json()) as Me) : null))
      .catch(() => show(null));
  }, []);

  if (me === undefined) return null;
  if (me === null) return <SignIn />;
  return (
    <SessionContext value={me}>
      {ended && (
        <div className="banner" role="alert">
          <span>{say('sessionEnded')}</span>
          <button type="button" className="kern-btn kern-btn--secondary kern-btn--x-small" onClick={signIn}>
            <span className="kern-label">{say('signInAgain')}</span>
          </button>
        </div>
      )}
      {children}
    </SessionContext>
  );
}
