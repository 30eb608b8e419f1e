import { numeric, Table } from '../../components/Table';
import { bucketName, shown } from '../format';
import { useUsageTexts } from '../texts';
import type { Bucket, Grouping } from '../types';
import { Columns } from './Columns';
import { highestOf, type Line } from './series';

/** A chart for each line, all on one scale, so that none is told from another by its colour; and the same as a table. */
export function SeriesCharts({
  label,
  buckets,
  grouping,
  lines,
  nothing,
  write,
}: {
  label: string;
  buckets: Bucket[];
  grouping: Grouping;
  lines: Line[];
  nothing: string;
  write: (value: number) => string;
}) {
  const say = useUsageTexts();
  if (lines.length === 0) return <p className="kern-body">{nothing}</p>;
  const highest = highestOf(lines);
  const named = lines.map(({ name, values }) => ({ name: name || say('rest'), values }));
  return (
    <>
      <div className="tiles">
        {named.map(({ name, values }) => (
          <Columns key={name} {...{ name, buckets, grouping, values, highest, write }} />
        ))}
      </div>
      <details>
        <summary className="kern-body">
          {label}: {say('asTable')}
        </summary>
        <Table label={label} heads={[say('period'), ...named.map(({ name }) => numeric(name))]}>
          {buckets.map((bucket, place) => (
            <tr key={bucket.from} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {bucketName(bucket, grouping)}
              </th>
              {named.map(({ name, values }) => (
                <td key={name} className="kern-table__cell kern-table__cell--numeric">
                  {shown(values[place], write)}
                </td>
              ))}
            </tr>
          ))}
        </Table>
      </details>
    </>
  );
}
