import { useTexts } from '../i18n';
import { signIn } from './session';

/** What somebody sees who is not signed in. */
export function SignIn() {
  const say = useTexts();
  const failed = new URLSearchParams(window.location.search).get('sign-in') === 'failed';
  return (
    <main id="content" className="sign-in" tabIndex={-1}>
      <h1 className="kern-heading-x-large">{say('signInTitle')}</h1>
      <p className="kern-body">{say('signInLead')}</p>
      {failed && (
        <div className="kern-alert kern-alert--danger" role="alert">
          <div className="kern-alert__header">
            <span className="kern-icon kern-icon--danger" aria-hidden="true" />
            <span className="kern-title">{say('signInFailed')}</span>
          </div>
        </div>
      )}
      <button type="button" className="kern-btn kern-btn--primary" onClick={signIn}>
        <span className="kern-label">{say('signIn')}</span>
      </button>
    </main>
  );
}
