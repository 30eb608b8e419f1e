import { Select, TextArea, TextField } from '../../components/Field';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { PriceDraft } from './prices';

const taxes = ['standard', 'reduced', 'zero', 'reverse-charge'];
const amounts = ['flat', 'minimum', 'thousandPages', 'storageGigabyte'] as const;
const counts = ['minimumCount', 'trialMonths', 'trialDays'] as const;

/** Where the platform's names of fields and the form's differ. */
export const priceFields: Partial<Record<keyof PriceDraft, string>> = {
  flat: 'prices.flat',
  minimum: 'prices.minimum',
  thousandPages: 'prices.thousandPages',
  storageGigabyte: 'prices.storageGigabyte',
  discount: 'prices.discountBasisPoints',
  tiers: 'prices.users.tiers',
  minimumCount: 'prices.users.minimumCount',
  trialMonths: 'prices.users.trialMonths',
  trialDays: 'prices.users.trialDays',
  tokens: 'prices.tokens',
};

export function PriceFields({
  draft,
  set,
  at,
}: {
  draft: PriceDraft;
  set: (change: Partial<PriceDraft>) => void;
  at: (field: string) => string | undefined;
}) {
  const say = useOperationsTexts();
  const field = (name: keyof PriceDraft) => ({ value: draft[name], error: at(priceFields[name] ?? name) });
  return (
    <>
      {amounts.map((name) => (
        <TextField
          key={name}
          label={say(name)}
          isOptional
          hint={say('euroHint')}
          inputMode="decimal"
          {...field(name)}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <TextArea
        label={say('userTiers')}
        isOptional
        hint={say('userTiersHint')}
        rows={3}
        {...field('tiers')}
        onChange={(event) => set({ tiers: event.target.value })}
      />
      {counts.map((name) => (
        <TextField
          key={name}
          label={say(name)}
          isOptional
          inputMode="numeric"
          {...field(name)}
          onChange={(event) => set({ [name]: event.target.value })}
        />
      ))}
      <TextArea
        label={say('tokenPrices')}
        isOptional
        hint={say('tokenPricesHint')}
        rows={3}
        {...field('tokens')}
        onChange={(event) => set({ tokens: event.target.value })}
      />
      <TextField
        label={say('discount')}
        isOptional
        inputMode="decimal"
        {...field('discount')}
        onChange={(event) => set({ discount: event.target.value })}
      />
      <Select
        label={say('tax')}
        value={draft.tax}
        options={taxes.map((tax) => [tax, say(`tax_${tax}` as OperationsText)])}
        onChange={(event) => set({ tax: event.target.value })}
      />
    </>
  );
}
