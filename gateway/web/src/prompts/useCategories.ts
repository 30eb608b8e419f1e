import { useQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Page, TemplateEntry } from '../api/types';

/** The categories of the 200 most used prompts one may see, and the one chosen: the service lists none. */
export function useCategories(chosen?: string | null): string[] {
  const entries = useQuery({
    queryKey: ['templates', 'categories'],
    queryFn: () => getJson<Page<TemplateEntry>>('/api/prompts/templates?sort=popular&limit=200'),
    staleTime: 600_000,
  });
  const names = [...(entries.data?.items ?? []).map(({ category }) => category), chosen ?? ''].filter(Boolean);
  return [...new Set(names)].sort((one, other) => one.localeCompare(other, 'de'));
}
