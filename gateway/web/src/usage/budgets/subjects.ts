import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import type { Page } from '../../api/types';
import { useMe } from '../../session/session';
import type { Budget } from '../types';

interface Named {
  id: string;
  name: string;
}

/** People and keys of the own tenant, as far as the reader may list them; up to 200 of each. */
function useNames(what: 'users' | 'api-keys') {
  const { roles } = useMe();
  return useQuery({
    queryKey: ['names', what],
    queryFn: ({ signal }) => getJson<Page<Named>>(`/api/identity/${what}?limit=200`, signal),
    enabled: roles.includes('tenant-admin'),
    select: (page) => page.items,
  });
}

export function useSubjectChoice(scope: Budget['scope']): Named[] {
  const [users, keys] = [useNames('users'), useNames('api-keys')];
  return (scope === 'user' ? users.data : scope === 'api-key' ? keys.data : undefined) ?? [];
}

/** A subject's name where it is known, else its id. */
export function useSubjects(): (budget: Budget) => string {
  const [users, keys] = [useNames('users'), useNames('api-keys')];
  return ({ subject }) => [...(users.data ?? []), ...(keys.data ?? [])].find(({ id }) => id === subject)?.name ?? subject;
}
