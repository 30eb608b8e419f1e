import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { TextField } from '../../components/Field';
import { List } from '../../components/List';
import { useCommonTexts } from '../../components/texts';
import { Main } from '../../layout/Main';
import { useMe } from '../../session/session';
import { useRoleNames } from '../roles';
import { Secret } from '../Secret';
import { useAdminTexts } from '../texts';
import type { User } from '../types';
import { Suspension } from './Suspension';
import { UserForm } from './UserForm';

/** The tenant's people who sign in here. */
export default function UsersPage() {
  const say = useAdminTexts();
  const { list, items } = usePages<User>('users', '/api/identity/users');
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<User | 'new'>();
  const [suspended, setSuspended] = useState<User>();
  const [made, setMade] = useState<{ user: User; password: string }>();
  const wanted = search.trim().toLowerCase();
  const found = items.filter((user) => `${user.name} ${user.userName} ${user.departments.join(' ')}`.toLowerCase().includes(wanted));
  return (
    <Main title={say('users')} lead={say('usersLead')} wide>
      <div className="row row--bottom">
        <TextField label={say('searchUsers')} type="search" value={search} onChange={(event) => setSearch(event.target.value)} />
        <Button label={say('newUser')} icon="add" kind="primary" onClick={() => setEdited('new')} />
      </div>
      {made && (
        <Secret
          title={say('passwordTitle', made.user.name)}
          text={say('passwordText')}
          value={made.password}
          onDone={() => setMade(undefined)}
        />
      )}
      <List
        pages={list}
        items={found}
        label={say('users')}
        heads={[say('name'), say('userName'), say('roles'), say('departments'), say('state'), say('actions')]}
      >
        {(user) => <Row key={user.id} user={user} onEdit={() => setEdited(user)} onSuspend={() => setSuspended(user)} />}
      </List>
      <p className="kern-body kern-body--small">{say('machinesElsewhere')}</p>
      {edited && (
        <UserForm
          user={edited === 'new' ? undefined : edited}
          onMade={(user, password) => password && setMade({ user, password })}
          onClose={() => setEdited(undefined)}
        />
      )}
      {suspended && <Suspension user={suspended} onClose={() => setSuspended(undefined)} />}
    </Main>
  );
}

function Row({ user, onEdit, onSuspend }: { user: User; onEdit: () => void; onSuspend: () => void }) {
  const say = useAdminTexts();
  const common = useCommonTexts();
  const me = useMe();
  const roleName = useRoleNames();
  const mayChange = !user.roles.includes('operator') || me.roles.includes('operator');
  return (
    <tr className="kern-table__row">
      <th className="kern-table__cell" scope="row">
        {user.name}
      </th>
      <td className="kern-table__cell">{user.userName}</td>
      <td className="kern-table__cell">{user.roles.map(roleName).join(', ')}</td>
      <td className="kern-table__cell">{user.departments.join(', ') || '–'}</td>
      <td className="kern-table__cell">{say(user.suspended ? 'suspended' : 'active')}</td>
      <td className="kern-table__cell kern-table__cell--action">
        {mayChange && <Button label={common('editOf', user.name)} kind="tertiary" icon="edit" iconOnly onClick={onEdit} />}
        {mayChange && user.id !== me.userId && (
          <Button
            label={say(user.suspended ? 'releaseOf' : 'suspendOf', user.name)}
            kind="tertiary"
            icon={user.suspended ? 'visibility' : 'visibility-off'}
            iconOnly
            onClick={onSuspend}
          />
        )}
      </td>
    </tr>
  );
}
