import { bucketName, shown } from '../format';
import { useUsageTexts } from '../texts';
import type { Bucket, Grouping } from '../types';
import { extent } from './extent';

/** Values over time as columns; what is held back is a dashed outline, so that it is not taken for nothing. */
export function Columns({
  name,
  buckets,
  grouping,
  values,
  highest,
  write,
}: {
  name: string;
  buckets: Bucket[];
  grouping: Grouping;
  values: (number | null)[];
  /** The top of the scale, the same for charts that stand together. */
  highest: number;
  write: (value: number) => string;
}) {
  const say = useUsageTexts();
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (!first || !last) return null;
  const known = values.filter((value) => value !== null);
  const top = known.length > 0 ? write(Math.max(...known)) : '–';
  return (
    <figure className="figure">
      <figcaption className="row">
        <strong className="kern-body kern-body--bold">{name}</strong>
        <span className="kern-body kern-body--small">{say('highest', top)}</span>
      </figcaption>
      <svg
        className="columns"
        role="img"
        aria-label={say('columnsAlt', name, bucketName(first, grouping), bucketName(last, grouping), top)}
        viewBox={`0 0 ${values.length} 100`}
        preserveAspectRatio="none"
      >
        {values.map((value, place) => (
          <rect key={place} className={value === null ? 'held-back' : undefined} x={place + 0.1} width={0.8} {...extent(value, highest)}>
            <title>{`${bucketName(buckets[place] ?? first, grouping)}: ${shown(value, write)}`}</title>
          </rect>
        ))}
      </svg>
      <div className="columns__ends kern-body kern-body--small" aria-hidden="true">
        <span>{bucketName(first, grouping)}</span>
        <span>{bucketName(last, grouping)}</span>
      </div>
    </figure>
  );
}
