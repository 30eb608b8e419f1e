import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Page } from '../api/types';
import { useMe } from '../session/session';
import { useSourceTexts } from './texts';

/** A person as their tenant's administrators see them. */
interface Person {
  id: string;
  name: string;
  departments: string[];
}

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isPersonId = (text: string) => ID.test(text.trim());

/** With whom one may share, and how readers are called (services/Retrieval/Collections/Sharing.cs). */
export function useReaders() {
  const me = useMe();
  const sayHere = useSourceTexts();
  const managesMany = me.roles.includes('source-manager') || me.roles.includes('tenant-admin');
  const own = useQuery({
    queryKey: ['person'],
    queryFn: () => getJson<{ departments: string[] }>('/api/identity/me'),
    staleTime: 300_000,
  }).data?.departments;
  // Only a tenant's administrators see who there is.
  const people = useQuery({
    queryKey: ['people'],
    queryFn: async () => (await getJson<Page<Person>>('/api/identity/users?limit=200')).items,
    enabled: me.roles.includes('tenant-admin'),
    staleTime: 300_000,
  }).data;
  const departments = [...new Set([...(own ?? []), ...(people ?? []).flatMap((person) => person.departments)])].sort();
  return {
    managesMany,
    mayManageTenant: managesMany,
    people,
    ownDepartments: own ?? [],
    departments,
    nameOf: (reader: string) => {
      const [kind, ...rest] = reader.split(':');
      const id = rest.join(':');
      if (reader === 'tenant') return sayHere('everybody');
      if (kind === 'department') return sayHere('department', id);
      if (kind === 'role') return sayHere('role', id);
      if (reader === `user:${me.userId}`) return sayHere('me');
      return people?.find((person) => person.id === id)?.name ?? id;
    },
  };
}
