import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { sendVersioned } from '../../api/versioned';
import { Dialog } from '../../components/Dialog';
import { Select, TextField } from '../../components/Field';
import { SaveProblem } from '../../components/SaveProblem';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { TenantChoice } from '../../operations/tenants/TenantChoice';
import { useUsageTexts } from '../texts';
import type { Budget } from '../types';
import { readLimit, writeLimit } from './limit';
import { useSubjectChoice } from './subjects';
import { scopeName, scopes } from './words';

const fields = ['tenant', 'subject', 'limit', 'warnPercent', 'contact'];

/** Sets a budget, or changes one: whom it binds and in which unit stays as it was then. Without a tenant the reader names one. */
export function BudgetForm({ budget, tenant, onClose }: { budget?: Budget; tenant?: string; onClose: () => void }) {
  const say = useUsageTexts();
  const words = useTexts();
  const common = useCommonTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(fields);
  const [draft, setDraft] = useState(() => ({
    tenant: tenant ?? budget?.tenant ?? '',
    scope: budget?.scope ?? ('tenant' as Budget['scope']),
    subject: budget?.subject ?? '',
    unit: budget?.unit ?? ('tokens' as Budget['unit']),
    period: budget?.period ?? ('month' as Budget['period']),
    limit: budget ? writeLimit(budget.limit, budget.unit) : '',
    hard: String(budget?.hard ?? true),
    warnPercent: String(budget?.warnPercent ?? 80),
    contact: budget?.contact ?? '',
  }));
  const choice = useSubjectChoice(tenant ? draft.scope : 'tenant');
  const subject = scopes.find(({ scope }) => scope === draft.scope)?.subject;
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const reload = () => void queries.invalidateQueries({ queryKey: ['budgets'] }).then(onClose);

  const save = async () => {
    const limit = readLimit(draft.limit, draft.unit);
    const percent = Number(draft.warnPercent);
    const found = {
      tenant: !draft.tenant && say('tenantMissing'),
      subject: subject && !draft.subject.trim() && say('subjectMissing'),
      limit: limit === null && say('limitWrong'),
      warnPercent: !(Number.isInteger(percent) && percent >= 1 && percent <= 100) && say('warnPercentWrong'),
      contact: draft.contact.length > 200 && say('contactWrong'),
    };
    const terms = { limit, hard: draft.hard === 'true', warnPercent: percent, contact: draft.contact.trim() };
    const saved = await submit(found, () =>
      budget
        ? sendVersioned('PUT', `/api/billing/budgets/${budget.id}`, `"${budget.version}"`, terms)
        : sendJson('POST', '/api/billing/budgets', {
            ...terms,
            tenant: draft.tenant,
            scope: draft.scope,
            subject: subject ? draft.subject.trim() : undefined,
            unit: draft.unit,
            period: draft.period,
          }),
    );
    if (saved) reload();
  };

  return (
    <Dialog
      title={say(budget ? 'changeBudget' : 'newBudget')}
      action={words(budget ? 'save' : 'create')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void save()}
    >
      <div className="form">
        <SaveProblem error={problem} reload={reload} />
        {budget ? (
          <p className="kern-body">
            {scopeName(say, budget)}, {say(budget.period === 'day' ? 'perDay' : 'perMonth')}
          </p>
        ) : (
          <>
            {!tenant && <TenantChoice value={draft.tenant} error={at('tenant')} onChange={(value) => set({ tenant: value })} />}
            <Select
              label={say('scope')}
              value={draft.scope}
              options={scopes.map(({ scope, text }) => [scope, say(text, '').trim()])}
              onChange={(event) => set({ scope: event.target.value as Budget['scope'], subject: '' })}
            />
            {subject && choice.length > 0 && (
              <Select
                label={say(subject)}
                value={draft.subject}
                error={at('subject')}
                options={[['', common('chooseOne')], ...choice.map(({ id, name }): [string, string] => [id, name])]}
                onChange={(event) => set({ subject: event.target.value })}
              />
            )}
            {subject && choice.length === 0 && (
              <TextField
                label={say(subject)}
                value={draft.subject}
                error={at('subject')}
                maxLength={200}
                onChange={(event) => set({ subject: event.target.value })}
              />
            )}
            <Select
              label={say('unit')}
              value={draft.unit}
              options={[
                ['tokens', say('unitTokens')],
                ['money', say('unitMoney')],
              ]}
              onChange={(event) => set({ unit: event.target.value as Budget['unit'] })}
            />
            <Select
              label={say('period')}
              value={draft.period}
              options={[
                ['day', say('perDay')],
                ['month', say('perMonth')],
              ]}
              onChange={(event) => set({ period: event.target.value as Budget['period'] })}
            />
          </>
        )}
        <TextField
          label={say(draft.unit === 'money' ? 'limitMoney' : 'limitTokens')}
          hint={say(draft.unit === 'money' ? 'limitMoneyHint' : 'limitTokensHint')}
          inputMode="decimal"
          value={draft.limit}
          error={at('limit')}
          onChange={(event) => set({ limit: event.target.value })}
        />
        <Select
          label={say('atLimit')}
          value={draft.hard}
          options={[
            ['true', say('refuse')],
            ['false', say('warn')],
          ]}
          onChange={(event) => set({ hard: event.target.value })}
        />
        <TextField
          label={say('warnPercent')}
          inputMode="numeric"
          value={draft.warnPercent}
          error={at('warnPercent')}
          onChange={(event) => set({ warnPercent: event.target.value })}
        />
        <TextField
          label={say('contact')}
          isOptional
          hint={say('contactHint')}
          value={draft.contact}
          error={at('contact')}
          onChange={(event) => set({ contact: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
