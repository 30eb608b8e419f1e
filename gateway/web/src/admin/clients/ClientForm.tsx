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
import { roles, useRoleNames } from '../roles';
import { useAdminTexts } from '../texts';
import type { MachineClient } from '../types';

export function ClientForm({
  onMade,
  onClose,
}: {
  onMade: (made: { client: MachineClient; clientSecret: string }) => void;
  onClose: () => void;
}) {
  const say = useAdminTexts();
  const words = useTexts();
  const me = useMe();
  const roleName = useRoleNames();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(['name', 'roles']);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(['user']);
  const create = async () => {
    const found = { name: !name.trim() && say('nameWrong'), roles: chosen.length === 0 && say('rolesMissing') };
    const done = await submit(found, async () => {
      onMade(await sendJson('POST', '/api/identity/clients', { name: name.trim(), roles: chosen }));
      await queries.invalidateQueries({ queryKey: ['clients'] });
    });
    if (done) onClose();
  };
  return (
    <Dialog title={say('newClient')} action={words('create')} isBusy={isBusy} onClose={onClose} onAction={() => void create()}>
      <div className="form">
        <Problem error={problem} />
        <TextField label={say('name')} value={name} maxLength={200} error={at('name')} onChange={(event) => setName(event.target.value)} />
        <Checks
          legend={say('roles')}
          error={at('roles')}
          options={roles
            .filter((role) => role !== 'operator' || me.roles.includes(role))
            .map((role) => ({ value: role, text: roleName(role) }))}
          chosen={chosen}
          onChange={setChosen}
        />
      </div>
    </Dialog>
  );
}
