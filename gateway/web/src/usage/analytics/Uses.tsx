import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { numeric, Table } from '../../components/Table';
import { number } from '../../i18n';
import { percent, seconds, shown } from '../format';
import { purposeName } from '../purposes';
import { useUsageTexts } from '../texts';
import type { Report, UsesFigures } from '../types';
import { Bars } from './Bars';
import { Figures } from './Figures';
import { linesOf } from './series';
import { SeriesCharts } from './SeriesCharts';

/** How often functions were used, how long they took, and how many failed: three views of one report. */
export function Uses({ query }: { query: string }) {
  const say = useUsageTexts();
  const path = `/api/billing/analytics/uses${query}`;
  const report = useQuery({ queryKey: ['analytics', path], queryFn: ({ signal }) => getJson<Report<UsesFigures>>(path, signal) });
  const csv = `${path}&format=csv`;
  return (
    <>
      <Figures title={say('usesTitle')} csv={csv} query={report}>
        {(found) => (
          <SeriesCharts
            label={say('usesTitle')}
            {...found}
            lines={linesOf(found, (figures) => figures.uses, purposeName)}
            nothing={say('nothingToShow', found.minimumGroup)}
            write={number}
          />
        )}
      </Figures>
      <Figures title={say('timesTitle')} text={say('timesText')} csv={csv} query={report}>
        {(found) => <Times report={found} />}
      </Figures>
      <Figures title={say('errorsTitle')} text={say('errorRate')} csv={csv} query={report}>
        {(found) => (
          <SeriesCharts
            label={say('errorsTitle')}
            {...found}
            lines={linesOf(found, (figures) => figures.errorRate, purposeName)}
            nothing={say('nothingToShow', found.minimumGroup)}
            write={percent}
          />
        )}
      </Figures>
    </>
  );
}

function Times({ report }: { report: Report<UsesFigures> }) {
  const say = useUsageTexts();
  const timed = [...report.series, ...(report.series.length > 1 ? [{ ...report.total, name: say('allTogether') }] : [])].filter(
    ({ overall }) => overall.averageSeconds !== null,
  );
  if (timed.length === 0) return <p className="kern-body">{say('nothingToShow', report.minimumGroup)}</p>;
  const nameOf = (name?: string | null) => (name ? purposeName(name) : say('rest'));
  return (
    <>
      <Bars
        label={`${say('timesTitle')}, ${say('average')}`}
        rows={timed.map(({ name, overall }) => ({
          name: nameOf(name),
          value: overall.averageSeconds ?? 0,
          text: shown(overall.averageSeconds, seconds),
        }))}
      />
      <Table
        label={say('timesTitle')}
        heads={[
          say('purpose'),
          ...[say('average'), ...[50, 90, 95, 99].map((share) => say('quantile', share)), say('errorRate')].map(numeric),
        ]}
      >
        {timed.map(({ name, overall }) => (
          <tr key={name ?? ''} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {nameOf(name)}
            </th>
            {[overall.averageSeconds, overall.p50Seconds, overall.p90Seconds, overall.p95Seconds, overall.p99Seconds].map(
              (value, place) => (
                <td key={place} className="kern-table__cell kern-table__cell--numeric">
                  {shown(value, seconds)}
                </td>
              ),
            )}
            <td className="kern-table__cell kern-table__cell--numeric">{shown(overall.errorRate, percent)}</td>
          </tr>
        ))}
      </Table>
    </>
  );
}
