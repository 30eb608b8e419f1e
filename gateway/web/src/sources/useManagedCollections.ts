import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Page } from '../api/types';
import type { ManagedCollection } from './types';

/** All collections that one reads or manages, page after page. */
async function allCollections(): Promise<ManagedCollection[]> {
  const all: ManagedCollection[] = [];
  let after = '';
  do {
    const page = await getJson<Page<ManagedCollection>>(`/api/retrieval/collections?limit=200${after && `&after=${after}`}`);
    all.push(...page.items);
    after = page.next ?? '';
  } while (after);
  return all.sort((one, other) => one.name.localeCompare(other.name, 'de'));
}

export const useManagedCollections = () => useQuery({ queryKey: ['collections', 'managed'], queryFn: allCollections });
