import { useState } from 'react';
import { Secret } from '../../admin/Secret';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { List } from '../../components/List';
import { Main } from '../../layout/Main';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { Tenant } from '../types';
import { TenantForm, type CreatedAdmin } from './TenantForm';

export default function TenantsPage() {
  const say = useOperationsTexts();
  const { list, items } = usePages<Tenant>('tenants', '/api/identity/tenants');
  const [isMaking, setMaking] = useState(false);
  const [admin, setAdmin] = useState<CreatedAdmin>();
  return (
    <Main title={say('tenants')} lead={say('tenantsLead')} wide>
      <Button label={say('newTenant')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      {admin?.initialPassword && (
        <Secret
          title={say('firstPassword', admin.user.userName)}
          text={say('firstPasswordText')}
          value={admin.initialPassword}
          onDone={() => setAdmin(undefined)}
        />
      )}
      <List pages={list} items={items} label={say('tenants')} heads={[say('displayName'), say('tenantId'), say('kind'), say('parent')]}>
        {(tenant) => (
          <tr key={tenant.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {tenant.displayName}
            </th>
            <td className="kern-table__cell">
              <code>{tenant.id}</code>
            </td>
            <td className="kern-table__cell">{say(`kind_${tenant.kind}` as OperationsText)}</td>
            <td className="kern-table__cell">{tenant.parent ?? '–'}</td>
          </tr>
        )}
      </List>
      {isMaking && <TenantForm onMade={setAdmin} onClose={() => setMaking(false)} />}
    </Main>
  );
}
