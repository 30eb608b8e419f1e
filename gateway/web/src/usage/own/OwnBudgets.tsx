import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { Problem } from '../../components/Problem';
import { date } from '../../i18n';
import { BudgetState, scopeName } from '../budgets/words';
import { amount } from '../format';
import { useUsageTexts } from '../texts';
import type { Budget } from '../types';

/** The budgets that bind the reader; how far shared ones are used is nobody's to see. */
export function OwnBudgets() {
  const say = useUsageTexts();
  const budgets = useQuery({
    queryKey: ['budgets', 'own'],
    queryFn: ({ signal }) => getJson<Budget[]>('/api/billing/budgets/own', signal),
  });
  return (
    <section>
      <h2 className="kern-heading-medium">{say('myBudgets')}</h2>
      <Problem error={budgets.error} retry={() => void budgets.refetch()} />
      {budgets.data?.length === 0 && <p className="kern-body">{say('noOwnBudgets')}</p>}
      <ul className="tiles">
        {budgets.data?.map((budget) => (
          <OwnBudget key={budget.id} budget={budget} />
        ))}
      </ul>
    </section>
  );
}

function OwnBudget({ budget }: { budget: Budget }) {
  const say = useUsageTexts();
  const inUnit = (value: number) => amount(budget.unit, value, (count) => say('tokensOf', count));
  const isMine = budget.scope === 'user' || budget.scope === 'each-user';
  const name = `${isMine ? say('scopeMe') : scopeName(say, budget)}, ${say(budget.period === 'day' ? 'perDay' : 'perMonth')}`;
  return (
    <li className="tile">
      <p className="row">
        <strong className="kern-body kern-body--bold">{name}</strong> <BudgetState state={budget.state} />
      </p>
      {typeof budget.used === 'number' ? (
        <div className="kern-progress">
          <span className="kern-body">{say('budgetLeft', inUnit(Math.max(0, budget.limit - budget.used)), inUnit(budget.limit))}</span>
          <progress
            aria-label={`${say('used')}: ${name}`}
            max={budget.limit || 1}
            value={budget.limit ? Math.min(budget.used, budget.limit) : 1}
          />
        </div>
      ) : (
        <p className="kern-body">
          {say('limit')}: {inUnit(budget.limit)}. {say('budgetShared')}
        </p>
      )}
      <p className="kern-body kern-body--small">
        {say('budgetUntil', date(budget.periodEnd))} {say(budget.hard ? 'hard' : 'soft')}{' '}
        {budget.contact && say('budgetContact', budget.contact)}
      </p>
    </li>
  );
}
