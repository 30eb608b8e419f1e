import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { useAdminTexts } from './texts';

/** A secret that is shown this once. It stays until the reader puts it away. */
export function Secret({ title, text, value, onDone }: { title: string; text: string; value: string; onDone: () => void }) {
  const say = useAdminTexts();
  return (
    <div className="kern-alert kern-alert--success secret" role="alert">
      <div className="kern-alert__header">
        <span className="kern-icon kern-icon--success" aria-hidden="true" />
        <span className="kern-title">{title}</span>
      </div>
      <div className="kern-alert__body">
        <p className="kern-body">{text}</p>
        <p className="kern-body">
          <code>{value}</code>
        </p>
        <div className="row">
          <Button
            label={say('copy')}
            icon="content-copy"
            onClick={() => void navigator.clipboard.writeText(value).then(() => announce(say('copied')))}
          />
          <Button label={say('hide')} kind="tertiary" onClick={onDone} />
        </div>
      </div>
    </div>
  );
}
