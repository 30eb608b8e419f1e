import { useInfiniteQuery } from '@tanstack/react-query';
import { getJson } from './client';
import type { Page } from './types';

type Filter = Record<string, string | number | undefined>;

/** A list that is read page by page; empty filters are left out. */
export function usePages<T>(key: string, path: string, filter: Filter = {}, refetchInterval: number | false = false) {
  const query = queryOf({ limit: 50, ...filter });
  const list = useInfiniteQuery({
    queryKey: [key, path, query],
    queryFn: ({ pageParam, signal }) =>
      getJson<Page<T>>(`${path}${query}${pageParam ? `&after=${encodeURIComponent(pageParam)}` : ''}`, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval,
  });
  return { list, items: list.data?.pages.flatMap((page) => page.items) ?? [] };
}

export function queryOf(filter: Filter): string {
  const given = Object.entries(filter).filter((entry): entry is [string, string | number] => entry[1] !== undefined && entry[1] !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
