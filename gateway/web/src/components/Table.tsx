import type { ReactNode } from 'react';

/** KERN's table, scrolled sideways by keyboard too where it is too wide. */
export function Table({ label, heads, children }: { label: string; heads: string[]; children: ReactNode }) {
  return (
    <div className="kern-table-responsive" tabIndex={0} role="region" aria-label={label}>
      <table className="kern-table">
        <thead className="kern-table__head">
          <tr className="kern-table__row">
            {heads.map((head) => (
              <th key={head} className="kern-table__header" scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="kern-table__body">{children}</tbody>
      </table>
    </div>
  );
}
