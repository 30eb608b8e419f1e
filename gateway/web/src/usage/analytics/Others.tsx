import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { numeric, Table } from '../../components/Table';
import { number } from '../../i18n';
import { percent, shown } from '../format';
import { purposeName } from '../purposes';
import { useUsageTexts } from '../texts';
import type { FeedbackFigures, Report, TokenFigures } from '../types';
import { Figures } from './Figures';
import { linesOf } from './series';
import { SeriesCharts } from './SeriesCharts';

function useReport<T>(name: string, query: string) {
  const path = `/api/billing/analytics/${name}${query}`;
  return {
    csv: `${path}&format=csv`,
    report: useQuery({ queryKey: ['analytics', path], queryFn: ({ signal }) => getJson<Report<T>>(path, signal) }),
  };
}

export function Tokens({ query }: { query: string }) {
  const say = useUsageTexts();
  const { csv, report } = useReport<TokenFigures>('tokens', query);
  return (
    <Figures title={say('tokensTitle')} csv={csv} query={report}>
      {(found) => (
        <>
          <SeriesCharts
            label={say('tokensTitle')}
            {...found}
            lines={linesOf(found, ({ promptTokens, completionTokens }) =>
              promptTokens === null && completionTokens === null ? null : (promptTokens ?? 0) + (completionTokens ?? 0),
            )}
            nothing={say('nothingToShow', found.minimumGroup)}
            write={number}
          />
          <Overall
            report={found}
            label={say('tokensTitle')}
            first={say('model')}
            columns={[
              [say('tokensIn'), (figures) => shown(figures.promptTokens, number)],
              [say('tokensOut'), (figures) => shown(figures.completionTokens, number)],
            ]}
          />
        </>
      )}
    </Figures>
  );
}

export function Feedback({ query }: { query: string }) {
  const say = useUsageTexts();
  const { csv, report } = useReport<FeedbackFigures>('feedback', query);
  return (
    <Figures title={say('feedbackTitle')} text={say('feedbackText')} csv={csv} query={report}>
      {(found) => (
        <>
          <SeriesCharts
            label={say('feedbackTitle')}
            {...found}
            lines={linesOf(found, (figures) => figures.rate, purposeName)}
            nothing={say('nothingToShow', found.minimumGroup)}
            write={percent}
          />
          <Overall
            report={found}
            label={say('feedbackTitle')}
            first={say('purpose')}
            name={purposeName}
            columns={[
              [say('up'), (figures) => shown(figures.up, number)],
              [say('down'), (figures) => shown(figures.down, number)],
              [say('rate'), (figures) => shown(figures.rate, percent)],
            ]}
          />
        </>
      )}
    </Figures>
  );
}

/** The whole period's figures, a row for each series. */
function Overall<T>({
  report,
  label,
  first,
  name = (of) => of,
  columns,
}: {
  report: Report<T>;
  label: string;
  first: string;
  name?: (of: string) => string;
  columns: [head: string, write: (figures: T) => string][];
}) {
  const say = useUsageTexts();
  if (report.series.length === 0) return null;
  return (
    <Table label={`${label}, ${say('allTogether')}`} heads={[first, ...columns.map(([head]) => numeric(head))]}>
      {report.series.map((series) => (
        <tr key={series.name ?? ''} className="kern-table__row">
          <th className="kern-table__cell" scope="row">
            {series.name ? name(series.name) : say('rest')}
          </th>
          {columns.map(([head, write]) => (
            <td key={head} className="kern-table__cell kern-table__cell--numeric">
              {write(series.overall)}
            </td>
          ))}
        </tr>
      ))}
    </Table>
  );
}
