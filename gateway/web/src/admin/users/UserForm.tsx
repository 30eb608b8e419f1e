import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { Checks } from '../../components/Checks';
import { Dialog } from '../../components/Dialog';
import { TextArea, TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useMe } from '../../session/session';
import { areLines, toLines } from '../lines';
import { roles, useRoleNames } from '../roles';
import { useAdminTexts } from '../texts';
import type { User } from '../types';

/** Adds a person, whose first password the platform makes, or changes one. */
export function UserForm({
  user,
  onMade,
  onClose,
}: {
  user?: User;
  onMade: (user: User, password?: string | null) => void;
  onClose: () => void;
}) {
  const say = useAdminTexts();
  const words = useTexts();
  const me = useMe();
  const roleName = useRoleNames();
  const queries = useQueryClient();
  const { submit, isBusy, at, refusedWith, problem } = useForm(['userName', 'name', 'roles', 'departments']);
  const [draft, setDraft] = useState({
    userName: user?.userName ?? '',
    name: user?.name ?? '',
    roles: user?.roles ?? ['user'],
    departments: user?.departments.join('\n') ?? '',
  });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const isMe = user?.id === me.userId;
  const isFixed = (role: string) =>
    (role === 'operator' && !me.roles.includes('operator')) ||
    (isMe && ['tenant-admin', 'operator'].includes(role) && me.roles.includes(role));

  const save = async () => {
    const name = draft.name.trim();
    const found = {
      userName: !user && !/^[^\s@]+@[^\s@]+$/.test(draft.userName.trim()) && say('userNameWrong'),
      name: (name.length < 1 || name.length > 200) && say('nameWrong'),
      departments: !areLines(draft.departments, 50, 100) && say('departmentsWrong'),
    };
    const body = { name, roles: draft.roles, departments: toLines(draft.departments) };
    const done = await submit(found, async () => {
      if (user) await sendJson('PATCH', `/api/identity/users/${user.id}`, body);
      else {
        const created = await sendJson<{ user: User; initialPassword?: string | null }>('POST', '/api/identity/users', {
          ...body,
          userName: draft.userName.trim(),
        });
        onMade(created.user, created.initialPassword);
      }
      await queries.invalidateQueries({ queryKey: ['users'] });
    });
    if (done) onClose();
  };

  return (
    <Dialog
      title={say(user ? 'changeUser' : 'newUser')}
      action={words(user ? 'save' : 'create')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void save()}
    >
      <div className="form">
        <Problem error={problem} />
        {!user && (
          <TextField
            label={say('userName')}
            inputMode="email"
            autoComplete="off"
            value={draft.userName}
            maxLength={254}
            error={refusedWith(409) ? say('userNameTaken') : at('userName')}
            onChange={(event) => set({ userName: event.target.value })}
          />
        )}
        <TextField
          label={say('name')}
          autoComplete="off"
          value={draft.name}
          maxLength={200}
          error={at('name')}
          onChange={(event) => set({ name: event.target.value })}
        />
        <Checks
          legend={say('roles')}
          hint={isMe ? say('ownRole') : undefined}
          error={at('roles')}
          options={roles
            .filter((role) => role !== 'operator' || me.roles.includes('operator') || draft.roles.includes(role))
            .map((role) => ({ value: role, text: roleName(role), isDisabled: isFixed(role) }))}
          chosen={draft.roles}
          onChange={(chosen) => set({ roles: chosen })}
        />
        <TextArea
          label={say('departments')}
          isOptional
          hint={say('departmentsHint')}
          rows={3}
          value={draft.departments}
          error={at('departments')}
          onChange={(event) => set({ departments: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
