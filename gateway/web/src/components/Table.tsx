import type { ReactNode } from 'react';

/** The name of a column; one of figures stands to the right, as they do. */
export type Head = string | { numeric: string };

export const numeric = (name: string): Head => ({ numeric: name });

/** KERN's table, scrolled sideways by keyboard too where it is too wide. */
export function Table({ label, heads, children }: { label: string; heads: Head[]; children: ReactNode }) {
  return (
    <div className="kern-table-responsive" tabIndex={0} role="region" aria-label={label}>
      <table className="kern-table">
        <thead className="kern-table__head">
          <tr className="kern-table__row">
            {heads.map((head) => (
              <Header key={typeof head === 'string' ? head : head.numeric} head={head} />
            ))}
          </tr>
        </thead>
        <tbody className="kern-table__body">{children}</tbody>
      </table>
    </div>
  );
}

function Header({ head }: { head: Head }) {
  const isNumeric = typeof head !== 'string';
  return (
    <th className={`kern-table__header ${isNumeric ? 'kern-table__header--numeric' : ''}`} scope="col">
      {isNumeric ? head.numeric : head}
    </th>
  );
}
