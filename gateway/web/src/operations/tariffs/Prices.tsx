import { money, number } from '../../i18n';
import { percent } from '../../usage/format';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { PriceList } from '../types';

/** A price list, row by row; `discount` where a tenant has one of its own. */
export function Prices({ prices, discount = prices.discountBasisPoints }: { prices: PriceList; discount?: number }) {
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
    [say('discount'), percent(discount / 10_000)],
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
