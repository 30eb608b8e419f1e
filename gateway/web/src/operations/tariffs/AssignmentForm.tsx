import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Select, TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { today } from '../../today';
import { periodOf } from '../../usage/periods';
import { TenantChoice } from '../tenants/TenantChoice';
import { useOperationsTexts } from '../texts';
import type { Tariff } from '../types';
import { readEuros } from './prices';

const fields = ['tenant', 'tariffId', 'from', 'until', 'discountBasisPoints'];

/** Gives a tenant a tariff from a day on. It cannot be taken back, only followed by another. */
export function AssignmentForm({
  tenant: first,
  tariffs,
  onMade,
  onClose,
}: {
  tenant: string;
  tariffs: Pick<Tariff, 'id' | 'name'>[];
  onMade: (tenant: string) => void;
  onClose: () => void;
}) {
  const say = useOperationsTexts();
  const common = useCommonTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(fields);
  const [tenant, setTenant] = useState(first);
  const [tariffId, setTariff] = useState(tariffs.length === 1 ? (tariffs[0]?.id ?? '') : '');
  const [from, setFrom] = useState(() => periodOf('month', today()).to);
  const [until, setUntil] = useState('');
  const [discount, setDiscount] = useState('');

  const assign = async () => {
    const basisPoints = discount.trim() ? readEuros(discount) : undefined;
    const found = {
      tenant: !tenant && say('tenantMissing'),
      tariffId: !tariffId && say('tariffMissing'),
      from: !from && say('validFromWrong'),
      until: until !== '' && until <= from && say('untilWrong'),
      discountBasisPoints: (basisPoints === null || (basisPoints ?? 0) > 10_000) && say('discountWrong'),
    };
    const done = await submit(found, async () => {
      await sendJson('POST', '/api/billing/tariff-assignments', {
        tenant,
        tariffId,
        from,
        until: until || undefined,
        discountBasisPoints: basisPoints,
      });
      await queries.invalidateQueries({ queryKey: ['assignments'] });
    });
    if (!done) return;
    onMade(tenant);
    onClose();
  };

  return (
    <Dialog title={say('assign')} action={say('assign')} isBusy={isBusy} onClose={onClose} onAction={() => void assign()}>
      <div className="form">
        <Problem error={problem} />
        <TenantChoice value={tenant} error={at('tenant')} onChange={setTenant} />
        <Select
          label={say('tariff')}
          value={tariffId}
          error={at('tariffId')}
          options={[['', common('chooseOne')], ...tariffs.map(({ id, name }): [string, string] => [id, name])]}
          onChange={(event) => setTariff(event.target.value)}
        />
        <TextField label={say('from')} type="date" value={from} error={at('from')} onChange={(event) => setFrom(event.target.value)} />
        <TextField
          label={say('until')}
          isOptional
          type="date"
          value={until}
          error={at('until')}
          onChange={(event) => setUntil(event.target.value)}
        />
        <TextField
          label={say('ownDiscount')}
          isOptional
          hint={say('ownDiscountHint')}
          inputMode="decimal"
          value={discount}
          error={at('discountBasisPoints')}
          onChange={(event) => setDiscount(event.target.value)}
        />
      </div>
    </Dialog>
  );
}
