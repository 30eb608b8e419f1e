import { useUsageTexts } from '../texts';
import type { InvoiceSummary } from '../types';

const states = {
  issued: ['success', 'stateIssued'],
  cancelled: ['danger', 'stateCancelled'],
  cancellation: ['warning', 'stateCancellation'],
} as const;

export function InvoiceState({ state }: { state: InvoiceSummary['state'] }) {
  const say = useUsageTexts();
  const [kind, text] = states[state];
  return (
    <span className={`kern-badge kern-badge--${kind}`}>
      <span className="kern-label kern-label--small">{say(text)}</span>
    </span>
  );
}
