import { lazy } from 'react';
import { Link } from 'react-router';
import { Area } from '../layout/Area';
import { useOperationsTexts } from './texts';
import '../usage/usage.css';
import './operations.css';

const ServicesPage = lazy(() => import('./services/ServicesPage'));
const WorkersPage = lazy(() => import('./workers/WorkersPage'));
const TenantsPage = lazy(() => import('./tenants/TenantsPage'));
const TariffsPage = lazy(() => import('./tariffs/TariffsPage'));
const TariffPage = lazy(() => import('./tariffs/TariffPage'));
const BudgetsPage = lazy(() => import('../usage/budgets/BudgetsPage'));
const ClosingsPage = lazy(() => import('./closings/ClosingsPage'));
const StatementsPage = lazy(() => import('../usage/statements/StatementsPage'));
const StatementPage = lazy(() => import('../usage/statements/StatementPage'));
const AccountsPage = lazy(() => import('./accounts/AccountsPage'));
const InvoicesPage = lazy(() => import('../usage/invoices/InvoicesPage'));
const InvoicePage = lazy(() => import('../usage/invoices/InvoicePage'));
const IssuePage = lazy(() => import('./invoices/IssuePage'));

const base = '/operations';
const roles = ['operator'];

/** The platform as those see it who run it; what tenants' administrations see of it lies in `usage`. */
export default function OperationsArea() {
  const say = useOperationsTexts();
  return (
    <Area
      base={base}
      name={say('area')}
      pages={[
        { path: 'services', name: say('services'), roles, element: <ServicesPage /> },
        { path: 'workers', name: say('workers'), roles, element: <WorkersPage /> },
        { path: 'tenants', name: say('tenants'), roles, element: <TenantsPage /> },
        { path: 'tariffs', name: say('tariffs'), roles, element: <TariffsPage /> },
        { path: 'tariffs/:id', roles, element: <TariffPage /> },
        { path: 'budgets', name: say('budgets'), roles, element: <BudgetsPage /> },
        { path: 'closings', name: say('closings'), roles, element: <ClosingsPage /> },
        { path: 'statements', name: say('statements'), roles, element: <StatementsPage base={base} /> },
        { path: 'statements/:id', roles, element: <StatementPage /> },
        { path: 'accounts', name: say('accounts'), roles, element: <AccountsPage /> },
        {
          path: 'invoices',
          name: say('invoices'),
          roles,
          element: (
            <InvoicesPage
              base={base}
              action={
                <Link className="kern-link" to={`${base}/invoices/issue`}>
                  {say('issue')}
                </Link>
              }
            />
          ),
        },
        { path: 'invoices/issue', roles, element: <IssuePage /> },
        { path: 'invoices/:id', roles, element: <InvoicePage base={base} mayCancel /> },
      ]}
    />
  );
}
