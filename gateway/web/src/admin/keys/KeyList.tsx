import { useState, type ComponentProps } from 'react';
import { Button } from '../../components/Button';
import { Deletion } from '../../components/Deletion';
import { List } from '../../components/List';
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
      {revoked && (
        <Deletion
          title={say('revokeTitle', revoked.name)}
          text={say('revokeText')}
          action={say('revoke')}
          path={`/api/identity/api-keys/${revoked.id}`}
          changes={['api-keys']}
          onClose={() => setRevoked(undefined)}
        />
      )}
    </>
  );
}
