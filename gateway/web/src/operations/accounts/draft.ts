import type { BillingAccount } from '../types';

/** An account as the form's fields hold it. */
export interface AccountDraft {
  legalName: string;
  street: string;
  extra: string;
  postCode: string;
  city: string;
  country: string;
  leitwegId: string;
  invoicesByMail: string;
  vatId: string;
  contactName: string;
  contactTelephone: string;
  contactMail: string;
  orderReference: string;
  paymentDays: string;
}

/** What the platform calls each field. */
export const apiNames: Record<keyof AccountDraft, string> = {
  legalName: 'legalName',
  street: 'address.street',
  extra: 'address.extra',
  postCode: 'address.postCode',
  city: 'address.city',
  country: 'address.country',
  leitwegId: 'leitwegId',
  invoicesByMail: 'electronicAddress',
  vatId: 'vatId',
  contactName: 'contact.name',
  contactTelephone: 'contact.telephone',
  contactMail: 'contact.mail',
  orderReference: 'orderReference',
  paymentDays: 'paymentDays',
};

export const toDraft = (account?: BillingAccount): AccountDraft => ({
  legalName: account?.legalName ?? '',
  street: account?.address.street ?? '',
  extra: account?.address.extra ?? '',
  postCode: account?.address.postCode ?? '',
  city: account?.address.city ?? '',
  country: account?.address.country ?? 'DE',
  leitwegId: account?.leitwegId ?? '',
  invoicesByMail: account?.electronicAddress.scheme === 'EM' ? account.electronicAddress.address : '',
  vatId: account?.vatId ?? '',
  contactName: account?.contact.name ?? '',
  contactTelephone: account?.contact.telephone ?? '',
  contactMail: account?.contact.mail ?? '',
  orderReference: account?.orderReference ?? '',
  paymentDays: String(account?.paymentDays ?? 30),
});

/** What is sent; without an e-mail address the invoices go to the Leitweg-ID, as before where another one was set. */
export function toInput(draft: AccountDraft, before?: BillingAccount) {
  const mail = draft.invoicesByMail.trim();
  const other =
    before?.electronicAddress.scheme === '0204' && before.electronicAddress.address !== before.leitwegId
      ? before.electronicAddress
      : undefined;
  return {
    legalName: draft.legalName.trim(),
    address: {
      street: draft.street.trim(),
      extra: draft.extra.trim(),
      postCode: draft.postCode.trim(),
      city: draft.city.trim(),
      country: draft.country.trim().toUpperCase(),
    },
    leitwegId: draft.leitwegId.trim(),
    electronicAddress: mail ? { scheme: 'EM', address: mail } : other,
    vatId: draft.vatId.trim(),
    contact: { name: draft.contactName.trim(), telephone: draft.contactTelephone.trim(), mail: draft.contactMail.trim() },
    orderReference: draft.orderReference.trim(),
    paymentDays: Number(draft.paymentDays),
  };
}

const isMail = (text: string) => text === '' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

/** The fields that the platform would refuse; check digits it knows better. */
export function wrongFields(draft: AccountDraft): (keyof AccountDraft)[] {
  const length = (field: keyof AccountDraft) => draft[field].trim().length;
  const wrong: Partial<Record<keyof AccountDraft, boolean>> = {
    legalName: length('legalName') < 2,
    postCode: length('postCode') < 3 || length('postCode') > 12,
    city: length('city') < 1,
    country: !/^[A-Za-z]{2}$/.test(draft.country.trim()),
    leitwegId: !/^\d{2,12}(-[A-Za-z0-9]{1,30})?-\d{2}$/.test(draft.leitwegId.trim()),
    invoicesByMail: !isMail(draft.invoicesByMail.trim()),
    contactMail: !isMail(draft.contactMail.trim()),
    paymentDays: !/^\d{1,3}$/.test(draft.paymentDays.trim()) || Number(draft.paymentDays) > 120,
  };
  return (Object.keys(wrong) as (keyof AccountDraft)[]).filter((field) => wrong[field]);
}
