import { useInfiniteQuery } from '@tanstack/react-query';
import { getJson } from '../api/client';
import type { Page, UsageEntry } from '../api/types';
import { Button } from '../components/Button';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { dateTime, number, useTexts } from '../i18n';
import { Main } from '../layout/Main';

/** What one has used oneself. */
export default function UsagePage() {
  const say = useTexts();
  const list = useInfiniteQuery({
    queryKey: ['usage'],
    queryFn: ({ pageParam }) => getJson<Page<UsageEntry>>(`/api/billing/usage?limit=50${pageParam ? `&after=${pageParam}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Main title={say('usage')} lead={say('usageLead')} wide>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {items.length === 0 && !list.isPending ? (
        <p className="kern-body">{say('noUsage')}</p>
      ) : (
        <Table label={say('usage')} heads={[say('when'), say('purpose'), say('model'), say('tokensIn'), say('tokensOut')]}>
          {items.map((entry) => (
            <tr key={entry.usageId} className="kern-table__row">
              <td className="kern-table__cell">{dateTime(entry.occurredAt)}</td>
              <td className="kern-table__cell">{entry.purpose}</td>
              <td className="kern-table__cell">{entry.model}</td>
              <td className="kern-table__cell kern-table__cell--numeric">{number(entry.promptTokens)}</td>
              <td className="kern-table__cell kern-table__cell--numeric">{number(entry.completionTokens)}</td>
            </tr>
          ))}
        </Table>
      )}
      {list.hasNextPage && <Button label={say('more')} onClick={() => void list.fetchNextPage()} />}
    </Main>
  );
}
