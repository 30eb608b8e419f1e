import { useQueryClient } from '@tanstack/react-query';
import { useState, type ComponentProps } from 'react';
import { sendJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { List } from '../../components/List';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { date, dateTime } from '../../i18n';
import { useRoleNames } from '../roles';
import { useAdminTexts } from '../texts';
import type { ApiKey } from '../types';
import { stateOf } from './state';

export function KeyList({
  pages,
  keys,
  showsOwner,
}: {
  pages: ComponentProps<typeof List>['pages'];
  keys: ApiKey[];
  showsOwner?: boolean;
}) {
  const say = useAdminTexts();
  const roleName = useRoleNames();
  const [revoked, setRevoked] = useState<ApiKey>();
  return (
    <>
      <List
        pages={pages}
        items={keys}
        label={say('keys')}
        empty={say('noKeys')}
        heads={[
          say('name'),
          ...(showsOwner ? [say('owner')] : []),
          say('beginning'),
          say('roles'),
          say('state'),
          say('expires'),
          say('lastUsed'),
          say('actions'),
        ]}
      >
        {(key) => (
          <tr key={key.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {key.name}
            </th>
            {showsOwner && <td className="kern-table__cell">{key.userName}</td>}
            <td className="kern-table__cell">
              <code>{key.prefix}…</code>
            </td>
            <td className="kern-table__cell">{key.roles ? key.roles.map(roleName).join(', ') : say('allRoles')}</td>
            <td className="kern-table__cell">{say(stateOf(key, new Date()))}</td>
            <td className="kern-table__cell">{date(key.expiresAt)}</td>
            <td className="kern-table__cell">{key.lastUsedAt ? dateTime(key.lastUsedAt) : say('never')}</td>
            <td className="kern-table__cell kern-table__cell--action">
              {stateOf(key, new Date()) === 'keyLive' && (
                <Button label={say('revokeOf', key.name)} kind="tertiary" icon="delete" iconOnly onClick={() => setRevoked(key)} />
              )}
            </td>
          </tr>
        )}
      </List>
      {revoked && <Revocation of={revoked} onClose={() => setRevoked(undefined)} />}
    </>
  );
}

function Revocation({ of, onClose }: { of: ApiKey; onClose: () => void }) {
  const say = useAdminTexts();
  const queries = useQueryClient();
  const { submit, isBusy, problem } = useForm();
  const revoke = async () => {
    const done = await submit({}, async () => {
      await sendJson('DELETE', `/api/identity/api-keys/${of.id}`);
      await queries.invalidateQueries({ queryKey: ['api-keys'] });
    });
    if (done) onClose();
  };
  return (
    <Dialog title={say('revokeTitle', of.name)} action={say('revoke')} isBusy={isBusy} onClose={onClose} onAction={() => void revoke()}>
      <p className="kern-body">{say('revokeText')}</p>
      <Problem error={problem} />
    </Dialog>
  );
}
