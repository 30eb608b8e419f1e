import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sendJson } from '../../api/client';
import { sendVersioned } from '../../api/versioned';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { SaveProblem } from '../../components/SaveProblem';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { today } from '../../today';
import { periodOf } from '../../usage/periods';
import { useOperationsTexts } from '../texts';
import type { Tariff } from '../types';
import { PriceFields, priceFields } from './PriceFields';
import { toDraft, toPrices, type PriceDraft } from './prices';

const fields = ['name', 'validFrom', ...Object.values(priceFields)];

/** Makes a tariff, or continues one by a version that begins with the newest one's prices. */
export function TariffForm({ tariff, onClose }: { tariff?: Tariff; onClose: () => void }) {
  const say = useOperationsTexts();
  const words = useTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { submit, isBusy, at, problem } = useForm(fields);
  const [name, setName] = useState('');
  const [validFrom, setValidFrom] = useState(() => periodOf('month', today())[tariff ? 'to' : 'from']);
  const [draft, setDraft] = useState(() => toDraft(tariff?.versions[0]?.prices));
  const reload = () => void queries.invalidateQueries({ queryKey: ['tariffs'] }).then(onClose);

  const save = async () => {
    const { prices, wrong } = toPrices(draft);
    const words: Partial<Record<keyof PriceDraft, string>> = {
      tiers: say('userTiersWrong'),
      tokens: say('tokenPricesWrong'),
      discount: say('discountWrong'),
      minimumCount: say('countWrong'),
      trialMonths: say('countWrong'),
      trialDays: say('countWrong'),
    };
    const found = {
      name: !tariff && !name.trim() && say('nameWrong'),
      validFrom: !validFrom && say('validFromWrong'),
      ...Object.fromEntries(
        (Object.keys(wrong ?? {}) as (keyof PriceDraft)[]).map((field) => [priceFields[field] ?? field, words[field] ?? say('euroWrong')]),
      ),
    };
    await submit(found, async () => {
      const { id } = tariff
        ? await sendVersioned<Tariff>('POST', `/api/billing/tariffs/${tariff.id}/versions`, `"${tariff.versions[0]?.version ?? 0}"`, {
            validFrom,
            prices,
          })
        : await sendJson<Tariff>('POST', '/api/billing/tariffs', { name: name.trim(), validFrom, prices });
      reload();
      await navigate(`/operations/tariffs/${id}`);
    });
  };

  return (
    <Dialog
      title={tariff ? `${say('newVersion')}: ${tariff.name}` : say('newTariff')}
      action={words('create')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void save()}
    >
      <div className="form">
        <SaveProblem error={problem} reload={reload} />
        {!tariff && (
          <TextField
            label={say('name')}
            value={name}
            maxLength={120}
            error={at('name')}
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label={say('validFrom')}
          type="date"
          value={validFrom}
          error={at('validFrom')}
          onChange={(event) => setValidFrom(event.target.value)}
        />
        <PriceFields draft={draft} set={(change) => setDraft({ ...draft, ...change })} at={at} />
      </div>
    </Dialog>
  );
}
