import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { getJson } from '../../api/client';
import { queryOf } from '../../api/usePages';
import { Select } from '../../components/Field';
import { number } from '../../i18n';
import { Main } from '../../layout/Main';
import { dayName } from '../format';
import { PeriodChoice, usePeriod } from '../PeriodChoice';
import { isReadable } from '../periods';
import { useUsageTexts } from '../texts';
import type { Grouping, PeopleReport } from '../types';
import { Costs } from './Costs';
import { Figures } from './Figures';
import { SeriesCharts } from './SeriesCharts';
import { Feedback, Tokens } from './Others';
import { Uses } from './Uses';

const groupings: Grouping[] = ['day', 'week', 'month'];

/** The tenant's figures without persons; what keeps them so is explained where figures may be missed. */
export default function AnalyticsPage() {
  const say = useUsageTexts();
  const [query, setQuery] = useSearchParams();
  const { period } = usePeriod();
  const grouping = groupings.find((one) => one === query.get('grouping')) ?? 'week';
  const names = { day: say('groupingDay'), week: say('groupingWeek'), month: say('groupingMonth') };
  return (
    <Main title={say('analytics')} lead={say('analyticsLead')} wide>
      <div className="row row--bottom">
        <PeriodChoice />
        <Select
          label={say('grouping')}
          value={grouping}
          options={groupings.map((one) => [one, names[one]])}
          onChange={(event) => {
            const next = new URLSearchParams(query);
            next.set('grouping', event.target.value);
            setQuery(next, { replace: true });
          }}
        />
      </div>
      {isReadable(period) && (
        <>
          <People query={queryOf({ ...period, grouping })} />
          <Uses query={queryOf({ ...period, grouping })} />
          <Tokens query={queryOf({ ...period, grouping })} />
          <Costs from={period.from.slice(0, 7)} to={period.to.slice(0, 7)} />
          <Feedback query={queryOf({ ...period, grouping })} />
        </>
      )}
    </Main>
  );
}

function People({ query }: { query: string }) {
  const say = useUsageTexts();
  const path = `/api/billing/analytics/people${query}`;
  const report = useQuery({ queryKey: ['analytics', path], queryFn: ({ signal }) => getJson<PeopleReport>(path, signal) });
  const least = report.data?.minimumGroup;
  return (
    <>
      {report.data && (
        <details className="kern-body">
          <summary>{say('privacyTitle')}</summary>
          <p>{say('privacyText', report.data.minimumGroup)}</p>
          <p>{report.data.settledThrough ? say('settledThrough', dayName(report.data.settledThrough)) : say('notSettled')}</p>
        </details>
      )}
      <Figures
        title={say('peopleTitle')}
        text={least === undefined ? undefined : say('peopleText', least)}
        csv={`${path}&format=csv`}
        query={report}
      >
        {({ buckets, grouping, people, minimumGroup }) => (
          <SeriesCharts
            label={say('peopleTitle')}
            buckets={buckets}
            grouping={grouping}
            lines={people.some((count) => count !== null) ? [{ name: say('people'), values: people }] : []}
            nothing={say('nothingToShow', minimumGroup)}
            write={number}
          />
        )}
      </Figures>
    </>
  );
}
