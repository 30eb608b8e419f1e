import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError, getJson } from '../../api/client';
import { describe, Problem } from '../../components/Problem';
import { number } from '../../i18n';
import { Main } from '../../layout/Main';
import { Prices } from '../../operations/tariffs/Prices';
import type { BillingAccount, PriceList } from '../../operations/types';
import { useUsageTexts } from '../texts';
import { CostCentres } from './CostCentres';

/** What the tenant is charged by, where its invoices go, and its cost centres. */
export default function ContractPage() {
  const say = useUsageTexts();
  const terms = useQuery({
    queryKey: ['tariffs', 'current'],
    queryFn: ({ signal }) => getJson<{ prices: PriceList; discountBasisPoints: number }>('/api/billing/tariffs/current', signal),
  });
  const account = useQuery({
    queryKey: ['accounts', 'own'],
    queryFn: ({ signal }) => getJson<BillingAccount>('/api/billing/account', signal),
  });
  return (
    <Main title={say('contract')} lead={say('contractLead')}>
      <Part title={say('tariffToday')} query={terms}>
        {({ prices, discountBasisPoints }) => <Prices prices={prices} discount={discountBasisPoints} />}
      </Part>
      <Part title={say('account')} query={account}>
        {(found) => <Account account={found} />}
      </Part>
      <CostCentres />
    </Main>
  );
}

/** What there may be none of yet is no error; the platform says who makes it. */
function Part<T>({ title, query, children }: { title: string; query: UseQueryResult<T>; children: (found: T) => ReactNode }) {
  const isMissing = query.error instanceof ApiError && query.error.status === 404;
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{title}</h2>
      {isMissing ? (
        <p className="kern-body">{describe(query.error)}</p>
      ) : (
        <Problem error={query.error} retry={() => void query.refetch()} />
      )}
      {query.data && children(query.data)}
    </section>
  );
}

function Account({ account }: { account: BillingAccount }) {
  const say = useUsageTexts();
  const { street, extra, postCode, city } = account.address;
  const facts: [name: string, text: string][] = [
    [say('legalName'), account.legalName],
    [say('address'), [street, extra, `${postCode} ${city}`].filter(Boolean).join(', ')],
    [say('leitwegId'), account.leitwegId],
    [say('invoicesTo'), account.electronicAddress.address],
    [say('vatId'), account.vatId],
    [say('orderReference'), account.orderReference],
    [say('paymentDays'), number(account.paymentDays)],
  ];
  return (
    <dl className="kern-description-list">
      {facts
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name} className="kern-description-list-item">
            <dt className="kern-description-list-item__key">{name}</dt>
            <dd className="kern-description-list-item__value">{text}</dd>
          </div>
        ))}
    </dl>
  );
}
