import { useUsageTexts, type UsageText } from '../texts';
import type { Budget, BudgetScope } from '../types';

type Say = ReturnType<typeof useUsageTexts>;

export const scopes: { scope: BudgetScope; text: UsageText; subject?: UsageText }[] = [
  { scope: 'tenant', text: 'scopeTenant' },
  { scope: 'department', text: 'scopeDepartment', subject: 'subjectDepartment' },
  { scope: 'user', text: 'scopeUser', subject: 'subjectUser' },
  { scope: 'each-user', text: 'scopeEachUser' },
  { scope: 'api-key', text: 'scopeApiKey', subject: 'subjectKey' },
];

/** Whom a budget binds; `subject` is a name where the page knows one. */
export function scopeName(say: Say, budget: Pick<Budget, 'scope' | 'subject'>, subject = budget.subject): string {
  const text = scopes.find(({ scope }) => scope === budget.scope)?.text;
  return text ? say(text, subject).trim() : budget.scope;
}

const states = {
  open: ['success', 'stateOpen'],
  warned: ['warning', 'stateWarned'],
  spent: ['danger', 'stateSpent'],
} as const;

export function BudgetState({ state }: { state: Budget['state'] }) {
  const say = useUsageTexts();
  if (!state) return null;
  const [kind, text] = states[state];
  return (
    <span className={`kern-badge kern-badge--${kind}`}>
      <span className={`kern-icon kern-icon--${kind}`} aria-hidden="true" />
      <span className="kern-label kern-label--small">{say(text)}</span>
    </span>
  );
}
