import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Deletion } from '../../components/Deletion';
import { List } from '../../components/List';
import { useCommonTexts } from '../../components/texts';
import { date } from '../../i18n';
import { Main } from '../../layout/Main';
import { useRoleNames } from '../roles';
import { Secret } from '../Secret';
import { useAdminTexts } from '../texts';
import type { MachineClient } from '../types';
import { ClientForm } from './ClientForm';

/** Other systems that sign in by themselves. */
export default function ClientsPage() {
  const say = useAdminTexts();
  const common = useCommonTexts();
  const roleName = useRoleNames();
  const { list, items } = usePages<MachineClient>('clients', '/api/identity/clients');
  const [isMaking, setMaking] = useState(false);
  const [made, setMade] = useState<{ client: MachineClient; clientSecret: string }>();
  const [deleted, setDeleted] = useState<MachineClient>();
  return (
    <Main title={say('clients')} lead={say('clientsLead')} wide>
      <Button label={say('newClient')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      {made && (
        <Secret
          title={say('clientTitle', made.client.name)}
          text={say('clientText', made.client.clientId)}
          value={made.clientSecret}
          onDone={() => setMade(undefined)}
        />
      )}
      <List
        pages={list}
        items={items}
        label={say('clients')}
        empty={say('noClients')}
        heads={[say('name'), say('clientId'), say('roles'), say('created'), say('actions')]}
      >
        {(client) => (
          <tr key={client.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {client.name}
            </th>
            <td className="kern-table__cell">
              <code>{client.clientId}</code>
            </td>
            <td className="kern-table__cell">{client.roles.map(roleName).join(', ')}</td>
            <td className="kern-table__cell">{date(client.createdAt)}</td>
            <td className="kern-table__cell kern-table__cell--action">
              <Button label={common('deleteOf', client.name)} kind="tertiary" icon="delete" iconOnly onClick={() => setDeleted(client)} />
            </td>
          </tr>
        )}
      </List>
      {isMaking && <ClientForm onMade={setMade} onClose={() => setMaking(false)} />}
      {deleted && (
        <Deletion
          title={say('deleteClient', deleted.name)}
          text={say('deleteClientText')}
          path={`/api/identity/clients/${deleted.id}`}
          changes={['clients']}
          onClose={() => setDeleted(undefined)}
        />
      )}
    </Main>
  );
}
