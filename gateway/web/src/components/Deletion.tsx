import { useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../api/client';
import { useTexts } from '../i18n';
import { Dialog } from './Dialog';
import { Problem } from './Problem';
import { useForm } from './useForm';

/** Asks whether something shall go, has the platform delete it, and has the page read anew what that changes. */
export function Deletion({
  title,
  text,
  action,
  path,
  changes,
  onGone,
  onClose,
}: {
  title: string;
  text: string;
  /** What the button says; "delete" unless it is called otherwise here. */
  action?: string;
  /** Of what goes. */
  path: string;
  /** The first parts of the keys of queries that are true no longer. */
  changes: string[];
  onGone?: () => unknown;
  onClose: () => void;
}) {
  const say = useTexts();
  const queries = useQueryClient();
  const { submit, isBusy, problem } = useForm();
  const remove = async () => {
    if (!(await submit({}, () => sendJson('DELETE', path)))) return;
    onClose();
    await onGone?.();
    for (const key of changes) await queries.invalidateQueries({ queryKey: [key] });
  };
  return (
    <Dialog title={title} action={action ?? say('delete')} isBusy={isBusy} onClose={onClose} onAction={() => void remove()}>
      <p className="kern-body">{text}</p>
      <Problem error={problem} />
    </Dialog>
  );
}
