import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { getJson } from '../api/client';
import type { Page } from '../api/types';
import { Button } from '../components/Button';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { dateTime, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { useNames } from './names';
import { usePromptTexts, type PromptText } from './texts';
import type { Prompt, Submission } from './types';

export const stateTexts: Record<Submission['state'], PromptText> = {
  pending: 'statePending',
  approved: 'stateApproved',
  rejected: 'stateRejected',
  withdrawn: 'stateWithdrawn',
};

/** What waits for one's decision, and what became of one's own. */
export default function ReviewsPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const { scopeName, personName } = useNames();
  const [query, setQuery] = useSearchParams();
  const state = query.get('state') ?? 'pending';
  const list = useInfiniteQuery({
    queryKey: ['submissions', 'list', state],
    queryFn: ({ pageParam }) =>
      getJson<Page<Submission>>(
        `/api/prompts/submissions?limit=30${state === 'all' ? '' : `&state=${state}`}${pageParam ? `&after=${pageParam}` : ''}`,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Main title={sayHere('reviews')} lead={sayHere('reviewsLead')} wide>
      <p>
        <Link className="kern-link" to="/library">
          {say('backToLibrary')}
        </Link>
      </p>
      <div className="row row--bottom">
        <Select
          label={sayHere('showState')}
          value={state}
          options={[...Object.entries(stateTexts).map(([value, text]): [string, string] => [value, sayHere(text)]), ['all', say('all')]]}
          onChange={(event) => setQuery({ state: event.target.value })}
        />
      </div>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.isPending && <p className="kern-body">{say('loading')}</p>}
      {list.isSuccess && items.length === 0 && <p className="kern-body">{sayHere('noReviews')}</p>}
      {items.length > 0 && (
        <Table
          label={sayHere('reviews')}
          heads={[sayHere('fieldTitle'), sayHere('version'), sayHere('submitFor'), sayHere('savedBy'), sayHere('savedAt'), say('status')]}
        >
          {items.map((submission) => (
            <tr key={submission.id} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                <Link className="kern-link" to={`/library/reviews/${submission.id}`}>
                  <Title submission={submission} />
                </Link>
              </th>
              <td className="kern-table__cell">{submission.version}</td>
              <td className="kern-table__cell">{scopeName(submission.scope)}</td>
              <td className="kern-table__cell">{personName(submission.submitter)}</td>
              <td className="kern-table__cell">{dateTime(submission.submittedAt)}</td>
              <td className="kern-table__cell">{sayHere(stateTexts[submission.state])}</td>
            </tr>
          ))}
        </Table>
      )}
      {list.hasNextPage && <Button label={say('more')} disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()} />}
    </Main>
  );
}

/** A submission names its prompt by id only. */
function Title({ submission: { id, templateId } }: { submission: Submission }) {
  const say = useTexts();
  const view = useQuery({
    queryKey: ['submission', id],
    queryFn: () => getJson<{ submission: Submission; template?: Prompt | null }>(`/api/prompts/submissions/${id}`),
  });
  if (view.isPending) return say('loading');
  return view.data?.template?.title ?? templateId;
}
