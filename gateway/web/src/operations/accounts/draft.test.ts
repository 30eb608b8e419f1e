import { expect, test } from 'vitest';
import type { BillingAccount } from '../types';
import { toDraft, toInput, wrongFields } from './draft';

const account: BillingAccount = {
  tenant: 'bremen',
  legalName: 'Freie Hansestadt Bremen',
  address: { street: 'Am Markt 1', extra: '', postCode: '28195', city: 'Bremen', country: 'DE' },
  leitwegId: '04011000-1234512345-06',
  electronicAddress: { scheme: '0204', address: '04011000-1234512345-06' },
  vatId: '',
  contact: { name: '', telephone: '', mail: '' },
  orderReference: '4711',
  paymentDays: 14,
  version: 3,
  updatedAt: '2026-11-01T00:00:00Z',
};

test('an account that nobody changes is sent as it was', () => {
  expect(toInput(toDraft(account), account)).toEqual({
    legalName: account.legalName,
    address: account.address,
    leitwegId: account.leitwegId,
    electronicAddress: undefined,
    vatId: '',
    contact: account.contact,
    orderReference: '4711',
    paymentDays: 14,
  });
});

test('where invoices go is kept, and changed by a mail address', () => {
  const other = { ...account, electronicAddress: { scheme: '0204', address: '04011000-9999999999-99' } };
  expect(toInput(toDraft(other), other).electronicAddress).toEqual(other.electronicAddress);
  expect(toInput({ ...toDraft(other), invoicesByMail: 'a@b.de' }, other).electronicAddress).toEqual({ scheme: 'EM', address: 'a@b.de' });
});

test('what would be refused is found before', () => {
  expect(wrongFields(toDraft(account))).toEqual([]);
  expect(wrongFields(toDraft())).toEqual(['legalName', 'postCode', 'city', 'leitwegId']);
  expect(wrongFields({ ...toDraft(account), paymentDays: '121', contactMail: 'x' })).toEqual(['contactMail', 'paymentDays']);
});
