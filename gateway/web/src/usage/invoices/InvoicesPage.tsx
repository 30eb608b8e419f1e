import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { usePages } from '../../api/usePages';
import { Select } from '../../components/Field';
import { List } from '../../components/List';
import { numeric } from '../../components/Table';
import { money } from '../../i18n';
import { Main } from '../../layout/Main';
import { TenantChoice } from '../../operations/tenants/TenantChoice';
import { dayName, monthName } from '../format';
import { useUsageTexts } from '../texts';
import type { InvoiceSummary } from '../types';
import { InvoiceState } from './InvoiceState';

/** A tenant's invoices; those of all where none is named. */
export default function InvoicesPage({ tenant, base = '/usage', action }: { tenant?: string; base?: string; action?: ReactNode }) {
  const say = useUsageTexts();
  const [state, setState] = useState('');
  const [chosen, setChosen] = useState('');
  const { list, items } = usePages<InvoiceSummary>('invoices', '/api/billing/invoices', { tenant: tenant ?? chosen, state });
  return (
    <Main title={say('invoices')} lead={say('invoicesLead')} wide>
      <div className="row row--bottom">
        <Select
          label={say('state')}
          value={state}
          options={[
            ['', say('stateAll')],
            ['issued', say('stateIssued')],
            ['cancelled', say('stateCancelled')],
            ['cancellation', say('stateCancellation')],
          ]}
          onChange={(event) => setState(event.target.value)}
        />
        {!tenant && <TenantChoice value={chosen} all={say('stateAll')} onChange={setChosen} />}
        {action}
      </div>
      <List
        pages={list}
        items={items}
        label={say('invoices')}
        empty={say('noInvoices')}
        heads={[
          say('numberHead'),
          ...(tenant ? [] : [say('tenant')]),
          say('monthHead'),
          say('state'),
          say('issuedOn'),
          say('dueOn'),
          numeric(say('gross')),
        ]}
      >
        {(invoice) => (
          <tr key={invoice.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              <Link className="kern-link" to={`${base}/invoices/${invoice.id}`}>
                {invoice.number}
              </Link>
            </th>
            {!tenant && <td className="kern-table__cell">{invoice.tenant}</td>}
            <td className="kern-table__cell">{monthName(invoice.month)}</td>
            <td className="kern-table__cell">
              <InvoiceState state={invoice.state} />
            </td>
            <td className="kern-table__cell">{dayName(invoice.issuedOn)}</td>
            <td className="kern-table__cell">{invoice.dueOn ? dayName(invoice.dueOn) : '–'}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{money(invoice.gross)}</td>
          </tr>
        )}
      </List>
    </Main>
  );
}
