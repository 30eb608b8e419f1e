import { ApiError } from '../api/client';
import { Button } from './Button';
import { Problem } from './Problem';
import { useCommonTexts } from './texts';

/** Why saving failed; where somebody else was faster, with the way to their version. */
export function SaveProblem({ error, reload }: { error: unknown; reload: () => void }) {
  const say = useCommonTexts();
  if (!(error instanceof ApiError && error.status === 412)) return <Problem error={error} />;
  return (
    <div className="kern-alert kern-alert--warning" role="alert">
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--warning" aria-hidden="true" />
        <span className="kern-title">{say('staleTitle')}</span>
      </div>
      <div className="kern-alert__body">
        <p className="kern-body">{say('staleText')}</p>
        <Button label={say('reload')} onClick={reload} />
      </div>
    </div>
  );
}
