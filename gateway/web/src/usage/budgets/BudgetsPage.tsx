import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendVersioned } from '../../api/versioned';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { List } from '../../components/List';
import { SaveProblem } from '../../components/SaveProblem';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { date, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { useMe } from '../../session/session';
import { amount } from '../format';
import { useUsageTexts } from '../texts';
import type { Budget } from '../types';
import { BudgetForm } from './BudgetForm';
import { useSubjects } from './subjects';
import { BudgetState, scopeName } from './words';

/** Budgets of one tenant, or of all for those who run the platform. Each is changed by the side that has set it. */
export default function BudgetsPage({ tenant }: { tenant?: string }) {
  const say = useUsageTexts();
  const { roles } = useMe();
  const { list, items } = usePages<Budget>('budgets', '/api/billing/budgets', { tenant });
  const [edited, setEdited] = useState<Budget | 'new'>();
  const [deleted, setDeleted] = useState<Budget>();
  const mayWrite = roles.includes('tenant-admin') || roles.includes('operator');
  return (
    <Main title={say('budgets')} lead={say('budgetsLead')} wide>
      {mayWrite && <Button label={say('newBudget')} icon="add" kind="primary" onClick={() => setEdited('new')} />}
      <List
        pages={list}
        items={items}
        label={say('budgets')}
        empty={say('noBudgets')}
        heads={[
          ...(tenant ? [] : [say('tenant')]),
          say('scope'),
          say('limit'),
          say('used'),
          say('state'),
          say('renewal'),
          say('setBy'),
          say('actions'),
        ]}
      >
        {(budget) => (
          <Row key={budget.id} budget={budget} showsTenant={!tenant} onEdit={() => setEdited(budget)} onDelete={() => setDeleted(budget)} />
        )}
      </List>
      {edited && <BudgetForm budget={edited === 'new' ? undefined : edited} tenant={tenant} onClose={() => setEdited(undefined)} />}
      {deleted && <Deletion budget={deleted} onClose={() => setDeleted(undefined)} />}
    </Main>
  );
}

function Row({
  budget,
  showsTenant,
  onEdit,
  onDelete,
}: {
  budget: Budget;
  showsTenant: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const say = useUsageTexts();
  const common = useCommonTexts();
  const { roles } = useMe();
  const nameOf = useSubjects();
  const isOperator = roles.includes('operator');
  const mayChange = budget.byOperator ? isOperator : !isOperator && roles.includes('tenant-admin');
  const inUnit = (value: number) => amount(budget.unit, value, (count) => say('tokensOf', count));
  const name = scopeName(say, budget, nameOf(budget));
  return (
    <tr className="kern-table__row">
      {showsTenant && <td className="kern-table__cell">{budget.tenant}</td>}
      <th className="kern-table__cell" scope="row">
        {name}
      </th>
      <td className="kern-table__cell">
        {inUnit(budget.limit)} {say(budget.period === 'day' ? 'perDay' : 'perMonth')}
        <br />
        <span className="kern-body kern-body--small">{say(budget.hard ? 'refuse' : 'warn')}</span>
      </td>
      <td className="kern-table__cell">{typeof budget.used === 'number' ? inUnit(budget.used) : say('usedHidden')}</td>
      <td className="kern-table__cell">{budget.state ? <BudgetState state={budget.state} /> : say('usedHidden')}</td>
      <td className="kern-table__cell">{date(budget.periodEnd)}</td>
      <td className="kern-table__cell">{say(budget.byOperator ? 'byOperator' : 'byTenant')}</td>
      <td className="kern-table__cell kern-table__cell--action">
        {mayChange && (
          <>
            <Button label={common('editOf', name)} kind="tertiary" icon="edit" iconOnly onClick={onEdit} />
            <Button label={common('deleteOf', name)} kind="tertiary" icon="delete" iconOnly onClick={onDelete} />
          </>
        )}
      </td>
    </tr>
  );
}

function Deletion({ budget, onClose }: { budget: Budget; onClose: () => void }) {
  const say = useUsageTexts();
  const words = useTexts();
  const queries = useQueryClient();
  const { submit, isBusy, problem } = useForm();
  const reload = () => void queries.invalidateQueries({ queryKey: ['budgets'] }).then(onClose);
  const remove = async () => {
    if (await submit({}, () => sendVersioned('DELETE', `/api/billing/budgets/${budget.id}`, `"${budget.version}"`))) reload();
  };
  return (
    <Dialog title={say('deleteBudget')} action={words('delete')} isBusy={isBusy} onClose={onClose} onAction={() => void remove()}>
      <p className="kern-body">{say('deleteBudgetText', scopeName(say, budget))}</p>
      <SaveProblem error={problem} reload={reload} />
    </Dialog>
  );
}
