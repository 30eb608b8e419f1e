import type { ReactNode } from 'react';
import { useTexts } from '../i18n';
import { Button } from './Button';
import { Problem } from './Problem';
import { Table, type Head } from './Table';
import { useCommonTexts } from './texts';

interface Pages {
  isPending: boolean;
  error: unknown;
  hasNextPage: boolean;
  refetch: () => unknown;
  fetchNextPage: () => unknown;
}

/** A table that is read page by page, with what stands in its place while it is loading, empty or not to be had. */
export function List<T>({
  pages,
  items,
  label,
  heads,
  empty,
  children,
}: {
  pages: Pages;
  items: T[];
  label: string;
  heads: Head[];
  empty?: string;
  children: (item: T) => ReactNode;
}) {
  const say = useTexts();
  const common = useCommonTexts();
  return (
    <>
      <Problem error={pages.error} retry={() => void pages.refetch()} />
      {pages.isPending && <p className="kern-body">{say('loading')}</p>}
      {!pages.isPending && !pages.error && items.length === 0 && <p className="kern-body">{empty ?? common('noneYet')}</p>}
      {items.length > 0 && (
        <Table label={label} heads={heads}>
          {items.map(children)}
        </Table>
      )}
      {pages.hasNextPage && <Button label={say('more')} onClick={() => void pages.fetchNextPage()} />}
    </>
  );
}
