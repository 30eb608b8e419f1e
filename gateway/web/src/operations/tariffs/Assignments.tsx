import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { List } from '../../components/List';
import { numeric } from '../../components/Table';
import { dayName, percent } from '../../usage/format';
import { TenantChoice } from '../tenants/TenantChoice';
import { useOperationsTexts } from '../texts';
import type { Assignment, Tariff } from '../types';
import { AssignmentForm } from './AssignmentForm';

type Named = Pick<Tariff, 'id' | 'name'>;

/** Which tariffs a tenant had, has and will have. */
export function Assignments({ tariffs }: { tariffs: Named[] }) {
  const say = useOperationsTexts();
  const [tenant, setTenant] = useState('');
  const [isMaking, setMaking] = useState(false);
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('assignments')}</h2>
      <p className="kern-body">{say('assignmentsText')}</p>
      <div className="row row--bottom">
        <TenantChoice value={tenant} onChange={setTenant} />
        <Button label={say('assign')} icon="add" disabled={tariffs.length === 0} onClick={() => setMaking(true)} />
      </div>
      {tenant && <OfTenant tenant={tenant} tariffs={tariffs} />}
      {isMaking && <AssignmentForm tenant={tenant} tariffs={tariffs} onMade={setTenant} onClose={() => setMaking(false)} />}
    </section>
  );
}

function OfTenant({ tenant, tariffs }: { tenant: string; tariffs: Named[] }) {
  const say = useOperationsTexts();
  const { list, items } = usePages<Assignment>('assignments', '/api/billing/tariff-assignments', { tenant });
  return (
    <List
      pages={list}
      items={items}
      label={say('assignments')}
      empty={say('noAssignments')}
      heads={[say('tariff'), say('from'), say('until'), numeric(say('ownDiscount'))]}
    >
      {(one) => (
        <tr key={one.number} className="kern-table__row">
          <th className="kern-table__cell" scope="row">
            {tariffs.find(({ id }) => id === one.tariffId)?.name ?? one.tariffId}
          </th>
          <td className="kern-table__cell">{dayName(one.from)}</td>
          <td className="kern-table__cell">{one.until ? dayName(one.until) : say('open')}</td>
          <td className="kern-table__cell kern-table__cell--numeric">
            {typeof one.discountBasisPoints === 'number' ? percent(one.discountBasisPoints / 10_000) : '–'}
          </td>
        </tr>
      )}
    </List>
  );
}
