import { lazy } from 'react';
import { Area } from '../layout/Area';
import { useMe } from '../session/session';
import { useUsageTexts } from './texts';
import './usage.css';

const OwnUsagePage = lazy(() => import('./own/OwnUsagePage'));
const BudgetsPage = lazy(() => import('./budgets/BudgetsPage'));
const StatementsPage = lazy(() => import('./statements/StatementsPage'));
const StatementPage = lazy(() => import('./statements/StatementPage'));
const InvoicesPage = lazy(() => import('./invoices/InvoicesPage'));
const InvoicePage = lazy(() => import('./invoices/InvoicePage'));
const AnalyticsPage = lazy(() => import('./analytics/AnalyticsPage'));

const everyone = ['user', 'prompt-editor', 'prompt-approver', 'source-manager', 'tenant-admin', 'auditor'];
const office = ['tenant-admin', 'auditor'];

/** What was used and what it costs: one's own for everybody, the tenant's for its administration and auditors. */
export default function UsageArea() {
  const say = useUsageTexts();
  const { tenant } = useMe();
  return (
    <Area
      base="/usage"
      name={say('area')}
      pages={[
        { path: 'mine', name: say('mine'), roles: everyone, element: <OwnUsagePage /> },
        { path: 'budgets', name: say('budgets'), roles: office, element: <BudgetsPage tenant={tenant} /> },
        { path: 'statements', name: say('statements'), roles: office, element: <StatementsPage tenant={tenant} /> },
        { path: 'statements/:id', roles: office, element: <StatementPage /> },
        { path: 'invoices', name: say('invoices'), roles: office, element: <InvoicesPage tenant={tenant} /> },
        { path: 'invoices/:id', roles: office, element: <InvoicePage /> },
        { path: 'analytics', name: say('analytics'), roles: office, element: <AnalyticsPage /> },
      ]}
    />
  );
}
