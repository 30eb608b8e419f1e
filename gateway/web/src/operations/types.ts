/** What identity, chat and billing answer to those who run the platform. */

export interface Tenant {
  id: string;
  displayName: string;
  kind: 'land' | 'agency' | 'municipality' | 'department' | 'operator';
  parent?: string | null;
}

export interface Worker {
  id: string;
  models: {
    id: string;
    kind: 'chat' | 'embedding' | 'rerank';
    contextTokens: number;
    json: boolean;
    tools: boolean;
    priceClass?: string | null;
  }[];
  loading: { model: string; state: 'loading' | 'failed'; reason?: string | null }[];
  slots: number;
  running: number;
  waiting: number;
  tokensPerSecond?: number | null;
  device?: string | null;
  memoryBytes?: number | null;
  memoryBudgetBytes?: number | null;
  alive: boolean;
  lastSeenAt: string;
}

export interface Closing {
  month: string;
  startedBy: string;
  startedAt: string;
  tenants: number;
  closed: number;
  failed: number;
  finishedAt?: string | null;
}

export interface BillingAccount {
  tenant: string;
  legalName: string;
  address: { street: string; extra: string; postCode: string; city: string; country: string };
  leitwegId: string;
  electronicAddress: { scheme: string; address: string };
  vatId: string;
  contact: { name: string; telephone: string; mail: string };
  orderReference: string;
  paymentDays: number;
  version: number;
  updatedAt: string;
}

/** Amounts in cents. */
export interface PriceList {
  users?: { tiers: { upTo?: number | null; price: number }[]; minimumCount: number; trialMonths: number; trialDays: number } | null;
  tokens: { priceClass: string; prompt: number; completion: number }[];
  thousandPages: number;
  storageGigabyte: number;
  flat: number;
  minimum: number;
  discountBasisPoints: number;
  tax: string;
}

export interface Tariff {
  id: string;
  name: string;
  versions: { version: number; validFrom: string; prices: PriceList }[];
}

export interface Assignment {
  tenant: string;
  number: number;
  tariffId: string;
  from: string;
  until?: string | null;
  discountBasisPoints?: number | null;
}

export interface IssueReport {
  month: string;
  issued: { id: string; number: string; tenant: string }[];
  standing: number;
  zero: number;
  cancelled: string[];
  notIssued: { tenant: string; missing: string; detail: string; detailDe: string }[];
  stillClosing: number;
}
