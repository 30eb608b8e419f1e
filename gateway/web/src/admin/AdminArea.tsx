import { lazy } from 'react';
import { Area } from '../layout/Area';
import { useAdminTexts } from './texts';
import './admin.css';

const UsersPage = lazy(() => import('./users/UsersPage'));
const KeysPage = lazy(() => import('./keys/KeysPage'));
const ClientsPage = lazy(() => import('./clients/ClientsPage'));
const AssistantsPage = lazy(() => import('./assistants/AssistantsPage'));
const SettingsPage = lazy(() => import('./settings/SettingsPage'));

const admin = ['tenant-admin'];

/** A tenant's people, keys, machines, assistants and settings. Operators administer the people of their own tenant. */
export default function AdminArea() {
  const say = useAdminTexts();
  return (
    <Area
      base="/admin"
      name={say('area')}
      pages={[
        { path: 'users', name: say('users'), roles: [...admin, 'operator'], element: <UsersPage /> },
        { path: 'keys', name: say('keys'), roles: admin, element: <KeysPage /> },
        { path: 'clients', name: say('clients'), roles: admin, element: <ClientsPage /> },
        { path: 'assistants', name: say('assistants'), roles: [...admin, 'prompt-editor'], element: <AssistantsPage /> },
        { path: 'settings', name: say('settings'), roles: admin, element: <SettingsPage /> },
      ]}
    />
  );
}
