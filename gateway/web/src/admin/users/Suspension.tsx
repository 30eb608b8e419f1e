import { useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { useAdminTexts } from '../texts';
import type { User } from '../types';

/** Shuts somebody out, or lets them in again. */
export function Suspension({ user, onClose }: { user: User; onClose: () => void }) {
  const say = useAdminTexts();
  const queries = useQueryClient();
  const { submit, isBusy, problem } = useForm();
  const change = async () => {
    const done = await submit({}, async () => {
      await sendJson('PATCH', `/api/identity/users/${user.id}`, { suspended: !user.suspended });
      await queries.invalidateQueries({ queryKey: ['users'] });
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={user.suspended ? say('releaseOf', user.name) : say('suspendTitle', user.name)}
      action={say(user.suspended ? 'release' : 'suspend')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void change()}
    >
      {!user.suspended && <p className="kern-body">{say('suspendText')}</p>}
      <Problem error={problem} />
    </Dialog>
  );
}
