/** What billing answers about usage, budgets, statements, invoices and figures. */

export interface UsageEntry {
  usageId: string;
  kind: string;
  purpose: string;
  model: string;
  apiKeyId?: string | null;
  promptTokens: number;
  completionTokens: number;
  occurredAt: string;
}

export interface UsageSummary {
  from: string;
  to: string;
  days: { day: string; model: string; kind: string; entries: number; promptTokens: number; completionTokens: number }[];
}

export type BudgetScope = 'tenant' | 'department' | 'user' | 'each-user' | 'api-key';

/** `used` and `state` are absent where they would tell of another person. */
export interface Budget {
  id: string;
  tenant: string;
  scope: BudgetScope;
  subject: string;
  unit: 'tokens' | 'money';
  period: 'day' | 'month';
  limit: number;
  hard: boolean;
  warnPercent: number;
  contact: string;
  byOperator: boolean;
  version: number;
  periodEnd: string;
  state?: 'open' | 'warned' | 'spent' | null;
  used?: number | null;
}

/** `net = round(quantity × unitPrice / baseQuantity) − allowance`, in cents. */
export interface StatementLine {
  kind: string;
  description: string;
  quantity: number;
  baseQuantity: number;
  unit: string;
  unitPrice: number;
  allowance: number;
  allowanceReason: string;
  net: number;
  tax: { name: string; percent: number };
  shares: { department: string; costCentre: string; net: number }[];
}

export interface StatementHead {
  id: string;
  tenant: string;
  month: string;
  net: number;
  ledgerSeq: number;
  ledgerHash: string;
  closedAt: string;
}

export interface Statement extends StatementHead {
  lines: StatementLine[];
}

export interface StatementPreview {
  tenant: string;
  month: string;
  lines: StatementLine[];
  net: number;
}

export interface InvoiceSummary {
  id: string;
  number: string;
  tenant: string;
  month: string;
  state: 'issued' | 'cancelled' | 'cancellation';
  issuedOn: string;
  dueOn?: string | null;
  net: number;
  vat: number;
  gross: number;
}

interface Party {
  address: { street: string; extra: string; postCode: string; city: string; country: string };
  vatId: string;
}

export interface InvoiceView {
  invoice: {
    id: string;
    number: string;
    kind: 'invoice' | 'cancellation';
    issuedOn: string;
    dueOn?: string | null;
    month: string;
    seller: Party & { name: string };
    buyer: Party & { tenant: string; legalName: string; leitwegId: string; orderReference: string };
    lines: StatementLine[];
    vat: { tax: { name: string; percent: number }; taxable: number; amount: number }[];
    totals: { net: number; vat: number; gross: number };
    preceding?: { id: string; number: string } | null;
    reason: string;
    statementId: string;
    ledgerSeq: number;
    ledgerHash: string;
  };
  cancelledBy?: string | null;
}

export interface Bucket {
  from: string;
  to: string;
}

/** Figures are null where nothing, or too few people, are behind them; the nameless series is the rest. */
export interface Series<T> {
  name?: string | null;
  overall: T;
  points: T[];
}

export interface Report<T> {
  from: string;
  to: string;
  grouping: Grouping;
  minimumGroup: number;
  settledThrough?: string | null;
  buckets: Bucket[];
  series: Series<T>[];
  total: Series<T>;
}

export type Grouping = 'day' | 'week' | 'month';

export interface UsesFigures {
  uses: number | null;
  averageSeconds: number | null;
  p50Seconds: number | null;
  p90Seconds: number | null;
  p95Seconds: number | null;
  p99Seconds: number | null;
  errorRate: number | null;
}

export interface TokenFigures {
  promptTokens: number | null;
  completionTokens: number | null;
}

export interface FeedbackFigures {
  up: number | null;
  down: number | null;
  rate: number | null;
}

export interface PeopleReport {
  grouping: Grouping;
  minimumGroup: number;
  settledThrough?: string | null;
  buckets: Bucket[];
  people: (number | null)[];
}

export interface CostsReport {
  minimumGroup: number;
  months: { month: string; departments: { department: string; net: number }[]; rest?: number | null; net: number }[];
}
