import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import { useMe } from '../session/session';
import type { Person, Prompt, Submission } from './types';

/** Departments too, which the session does not know. */
export function usePerson() {
  return useQuery({ queryKey: ['person'], queryFn: () => getJson<Person>('/api/identity/me'), staleTime: 300_000 }).data;
}

/** What one may do here, as services/Prompts/Templates/EditRights.cs says it. The service decides; this only hides what it would refuse. */
export function useRights() {
  const me = useMe();
  const departments = usePerson()?.departments ?? [];
  const is = (role: string) => me.roles.includes(role);
  const decidesFor = (scope: string, tenant: string) =>
    scope === 'tenant'
      ? tenant === me.tenant && is('prompt-approver')
      : scope === 'land'
        ? is('prompt-approver') || is('operator')
        : is('operator');
  const mayEdit = ({ tenant, owner, scope, deprecatedAt }: Prompt) =>
    !deprecatedAt &&
    tenant === me.tenant &&
    (owner === me.userId || (scope !== 'private' && is('prompt-editor'))) &&
    (!scope.startsWith('department:') || departments.includes(scope.slice('department:'.length)));
  return {
    departments,
    mayEdit,
    isOwner: ({ owner, tenant }: Prompt) => tenant === me.tenant && owner === me.userId,
    mayWithdraw: (prompt: Prompt) =>
      mayEdit(prompt) ||
      (!prompt.deprecatedAt &&
        prompt.tenant !== '*' &&
        ['tenant', 'land', 'all'].includes(prompt.scope) &&
        decidesFor(prompt.scope, prompt.tenant)),
    mayReview: is('prompt-approver') || is('operator'),
    mayDecide: ({ state, scope, tenant, submitter }: Submission) =>
      state === 'pending' && !(tenant === me.tenant && submitter === me.userId) && decidesFor(scope, tenant),
    isSubmitter: ({ submitter, tenant }: Submission) => tenant === me.tenant && submitter === me.userId,
    mayExport: ['prompt-editor', 'prompt-approver', 'tenant-admin', 'operator'].some(is),
    mayImport: is('prompt-editor'),
  };
}
