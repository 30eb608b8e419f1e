import { startTransition, useEffect, useState, type ReactNode } from 'react';
import { getJson, mayPass, online, onSignedOut } from '../api/client';
import type { Me } from '../api/types';
import { useTexts } from '../i18n';
import { SignIn } from './SignIn';
import { SessionContext, signIn } from './session';

/** Until the platform is asked again who is there, in milliseconds. */
const AGAIN = 2_000;

/**
 * Shows the page to who is signed in. When the session ends meanwhile the page stays as it is, with a notice above it: nothing that was
 * typed is lost.
 */
export function SessionGate({ children }: { children: ReactNode }) {
  const say = useTexts();
  const [me, setMe] = useState<Me | null>();
  const [ended, setEnded] = useState(false);
  const [isSilent, setSilent] = useState(false);

  useEffect(() => {
    onSignedOut(() => setEnded(true));
    // In small steps, between which the browser can answer to the keyboard.
    void whoIsThere(() => setSilent(true)).then((found) => startTransition(() => setMe(found)));
  }, []);

  if (me === undefined)
    return isSilent ? (
      <main id="content" className="sign-in">
        <h1 className="kern-heading-x-large">{say('signInTitle')}</h1>
        <p className="kern-body" role="status">
          {say('noAnswerYet')}
        </p>
      </main>
    ) : null;
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

/** Null for nobody. A platform that does not answer, or cannot say it just now, is asked again: that is no reason to sign in anew. */
async function whoIsThere(onSilence: () => void): Promise<Me | null> {
  for (;;) {
    try {
      return await getJson<Me>('/auth/me');
    } catch (error) {
      if (!mayPass(error)) return null;
    }
    onSilence();
    await online(AGAIN);
  }
}
