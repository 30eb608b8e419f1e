import { ApiError, OfflineError } from '../api/client';
import { say, useTexts } from '../i18n';
import { Button } from './Button';

/** What went wrong, for whoever sits before it. */
export function describe(error: unknown): string {
  if (error instanceof OfflineError) return say('networkFailed');
  return error instanceof Error ? error.message : String(error);
}

/** An error where the reader looks, with the way out where there is one. */
export function Problem({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useTexts();
  if (!error) return null;
  return (
    <div className="kern-alert kern-alert--danger" role="alert">
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--danger" aria-hidden="true" />
        <span className="kern-title">{describe(error)}</span>
      </div>
      {(retry || (error instanceof ApiError && error.requestId)) && (
        <div className="kern-alert__body">
          {error instanceof ApiError && error.requestId && (
            <p className="kern-body kern-body--small">{say('requestId', error.requestId)}</p>
          )}
          {retry && <Button onClick={retry} label={say('retry')} />}
        </div>
      )}
    </div>
  );
}
