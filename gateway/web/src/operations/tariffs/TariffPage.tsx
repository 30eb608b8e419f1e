import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useParams } from 'react-router';
import { getJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Problem } from '../../components/Problem';
import { money, number, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { dayName, percent } from '../../usage/format';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { PriceList, Tariff } from '../types';
import { TariffForm } from './TariffForm';

/** A tariff with all its versions, newest first. */
export default function TariffPage() {
  const say = useOperationsTexts();
  const words = useTexts();
  const { id = '' } = useParams();
  const tariff = useQuery({ queryKey: ['tariffs', id], queryFn: ({ signal }) => getJson<Tariff>(`/api/billing/tariffs/${id}`, signal) });
  const [isMaking, setMaking] = useState(false);
  if (!tariff.data)
    return (
      <Main title={say('tariff')} lead={tariff.isPending ? words('loading') : undefined}>
        <Problem error={tariff.error} retry={() => void tariff.refetch()} />
      </Main>
    );
  return (
    <Main title={tariff.data.name} lead={say('tariffsLead')}>
      <Button label={say('newVersion')} icon="add" kind="primary" onClick={() => setMaking(true)} />
      {tariff.data.versions.map(({ version, validFrom, prices }) => (
        <section key={version} className="section">
          <h2 className="kern-heading-medium">{say('version', version, dayName(validFrom))}</h2>
          <Prices prices={prices} />
        </section>
      ))}
      {isMaking && <TariffForm tariff={tariff.data} onClose={() => setMaking(false)} />}
    </Main>
  );
}

function Prices({ prices }: { prices: PriceList }) {
  const say = useOperationsTexts();
  const euros = (cents: number) => (cents === 0 ? say('free') : money(cents));
  const { users, tokens } = prices;
  const rows: [name: string, text: string][] = [
    [say('flat'), euros(prices.flat)],
    [say('minimum'), prices.minimum === 0 ? '–' : money(prices.minimum)],
    [
      say('userTiers'),
      users
        ? users.tiers.map(({ upTo, price }) => `${upTo ? say('upTo', number(upTo)) : say('above')}: ${euros(price)}`).join('; ')
        : say('free'),
    ],
    ...(users
      ? ([
          [say('minimumCount'), number(users.minimumCount)],
          [say('trialMonths'), number(users.trialMonths)],
          [say('trialDays'), number(users.trialDays)],
        ] as [string, string][])
      : []),
    [
      say('tokenPrices'),
      tokens
        .map(
          (price) =>
            `${price.priceClass || say('withoutClass')}: ${say('read')} ${euros(price.prompt)}, ${say('written')} ${euros(price.completion)}`,
        )
        .join('; ') || say('free'),
    ],
    [say('thousandPages'), euros(prices.thousandPages)],
    [say('storageGigabyte'), euros(prices.storageGigabyte)],
    [say('discount'), percent(prices.discountBasisPoints / 10_000)],
    [say('tax'), say(`tax_${prices.tax}` as OperationsText)],
  ];
  return (
    <dl className="kern-description-list">
      {rows.map(([name, text]) => (
        <div key={name} className="kern-description-list-item">
          <dt className="kern-description-list-item__key">{name}</dt>
          <dd className="kern-description-list-item__value">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
