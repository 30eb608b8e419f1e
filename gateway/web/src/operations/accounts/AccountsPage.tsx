import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { List } from '../../components/List';
import { numeric } from '../../components/Table';
import { Problem } from '../../components/Problem';
import { Main } from '../../layout/Main';
import { useTenants } from '../tenants/TenantChoice';
import { useOperationsTexts } from '../texts';
import type { BillingAccount } from '../types';
import { AccountForm } from './AccountForm';

/** Every tenant with its billing account, or that it has none yet. */
export default function AccountsPage() {
  const say = useOperationsTexts();
  const tenants = useTenants();
  const { list, items } = usePages<BillingAccount>('accounts', '/api/billing/accounts', { limit: 200 });
  const [edited, setEdited] = useState<{ tenant: string; account?: BillingAccount }>();
  const names = [
    ...new Set([
      ...(tenants.data?.items ?? []).filter(({ kind }) => kind !== 'operator').map(({ id }) => id),
      ...items.map(({ tenant }) => tenant),
    ]),
  ];
  return (
    <Main title={say('accounts')} lead={say('accountsLead')} wide>
      <Problem error={tenants.error} retry={() => void tenants.refetch()} />
      <List
        pages={list}
        items={list.data ? names : []}
        label={say('accounts')}
        heads={[say('tenant'), say('legalName'), say('leitwegId'), numeric(say('paymentDays')), say('actions')]}
      >
        {(tenant) => {
          const account = items.find((one) => one.tenant === tenant);
          const action = say(account ? 'changeAccount' : 'newAccount', tenant);
          return (
            <tr key={tenant} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {tenant}
              </th>
              <td className="kern-table__cell">{account?.legalName ?? say('noAccount')}</td>
              <td className="kern-table__cell">{account?.leitwegId ?? '–'}</td>
              <td className="kern-table__cell kern-table__cell--numeric">{account?.paymentDays ?? '–'}</td>
              <td className="kern-table__cell kern-table__cell--action">
                <Button
                  label={action}
                  kind="tertiary"
                  icon={account ? 'edit' : 'add'}
                  iconOnly
                  onClick={() => setEdited({ tenant, account })}
                />
              </td>
            </tr>
          );
        }}
      </List>
      {edited && <AccountForm {...edited} onClose={() => setEdited(undefined)} />}
    </Main>
  );
}
