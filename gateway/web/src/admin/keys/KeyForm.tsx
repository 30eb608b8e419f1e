import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { Checks } from '../../components/Checks';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useMe } from '../../session/session';
import { useRoleNames } from '../roles';
import { useAdminTexts } from '../texts';

/** A key for oneself, with the own roles or fewer. */
export function KeyForm({ onMade, onClose }: { onMade: (made: { name: string; key: string }) => void; onClose: () => void }) {
  const say = useAdminTexts();
  const words = useTexts();
  const me = useMe();
  const roleName = useRoleNames();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(['name', 'expiresInDays', 'roles']);
  const [name, setName] = useState('');
  const [days, setDays] = useState('90');
  const [roles, setRoles] = useState(me.roles);

  const create = async () => {
    const expiresInDays = Number(days);
    const found = {
      name: !name.trim() && say('nameWrong'),
      expiresInDays: !(Number.isInteger(expiresInDays) && expiresInDays >= 1 && expiresInDays <= 365) && say('keyDaysWrong'),
      roles: roles.length === 0 && say('rolesMissing'),
    };
    const done = await submit(found, async () => {
      onMade(
        await sendJson('POST', '/api/identity/api-keys', {
          name: name.trim(),
          expiresInDays,
          // Not named, they follow what the person has later.
          roles: roles.length === me.roles.length ? undefined : roles,
        }),
      );
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
    });
    if (done) onClose();
  };

  return (
    <Dialog title={say('newKey')} action={words('create')} isBusy={isBusy} onClose={onClose} onAction={() => void create()}>
      <div className="form">
        <Problem error={problem} />
        <TextField
          label={say('keyName')}
          value={name}
          maxLength={200}
          error={at('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={say('keyDays')}
          hint={say('keyDaysHint')}
          inputMode="numeric"
          value={days}
          error={at('expiresInDays')}
          onChange={(event) => setDays(event.target.value)}
        />
        <Checks
          legend={say('keyRoles')}
          error={at('roles')}
          options={me.roles.map((role) => ({ value: role, text: roleName(role) }))}
          chosen={roles}
          onChange={setRoles}
        />
      </div>
    </Dialog>
  );
}
