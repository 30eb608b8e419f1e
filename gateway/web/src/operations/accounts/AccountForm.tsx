import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { sendVersioned } from '../../api/versioned';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { SaveProblem } from '../../components/SaveProblem';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { BillingAccount } from '../types';
import { apiNames, toDraft, toInput, wrongFields, type AccountDraft } from './draft';

interface FieldOf {
  name: keyof AccountDraft;
  longest: number;
  isOptional?: boolean;
  hint?: OperationsText;
}

const fields: FieldOf[] = [
  { name: 'legalName', longest: 200 },
  { name: 'street', longest: 120, isOptional: true },
  { name: 'extra', longest: 120, isOptional: true },
  { name: 'postCode', longest: 12 },
  { name: 'city', longest: 80 },
  { name: 'country', longest: 2 },
  { name: 'leitwegId', longest: 50, hint: 'leitwegIdHint' },
  { name: 'invoicesByMail', longest: 200, isOptional: true, hint: 'invoicesByMailHint' },
  { name: 'vatId', longest: 20, isOptional: true },
  { name: 'contactName', longest: 100, isOptional: true },
  { name: 'contactTelephone', longest: 40, isOptional: true },
  { name: 'contactMail', longest: 200, isOptional: true },
  { name: 'orderReference', longest: 100, isOptional: true },
  { name: 'paymentDays', longest: 3 },
];

const wrongTexts: Partial<Record<keyof AccountDraft, OperationsText>> = {
  legalName: 'legalNameWrong',
  postCode: 'postCodeWrong',
  city: 'cityWrong',
  country: 'countryWrong',
  leitwegId: 'leitwegIdWrong',
  invoicesByMail: 'mailWrong',
  vatId: 'vatIdWrong',
  contactMail: 'mailWrong',
  paymentDays: 'paymentDaysWrong',
};

/** Makes a tenant's billing account, or changes it. */
export function AccountForm({ tenant, account, onClose }: { tenant: string; account?: BillingAccount; onClose: () => void }) {
  const say = useOperationsTexts();
  const words = useTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(Object.values(apiNames));
  const [draft, setDraft] = useState(() => toDraft(account));
  const reload = () => void queries.invalidateQueries({ queryKey: ['accounts'] }).then(onClose);

  const save = async () => {
    const found = Object.fromEntries(wrongFields(draft).map((field) => [apiNames[field], say(wrongTexts[field] ?? 'fieldWrong')]));
    const path = `/api/billing/accounts/${tenant}`;
    const input = toInput(draft, account);
    const done = await submit(found, () =>
      account ? sendVersioned('PUT', path, `"${account.version}"`, input) : sendJson('PUT', path, input),
    );
    if (done) reload();
  };

  return (
    <Dialog
      title={say(account ? 'changeAccount' : 'newAccount', tenant)}
      action={words('save')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void save()}
    >
      <div className="form">
        <SaveProblem error={problem} reload={reload} />
        {fields.map(({ name, longest, isOptional, hint }) => (
          <TextField
            key={name}
            label={say(name)}
            isOptional={isOptional}
            hint={hint && say(hint)}
            value={draft[name]}
            maxLength={longest}
            error={at(apiNames[name]) && say(wrongTexts[name] ?? 'fieldWrong')}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        ))}
      </div>
    </Dialog>
  );
}
