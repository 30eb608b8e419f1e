import { lazy, Suspense, type ComponentProps } from 'react';
import type { Markdown } from './Markdown';

type Props = ComponentProps<typeof Markdown>;

/** Fetches what draws Markdown, once: ahead where an answer is about to come. Without a network the text stands as it is. */
export const fetchMarkdown = () =>
  import('./Markdown').then(
    ({ Markdown }) => ({ default: Markdown }),
    () => ({ default: Plain }),
  );

const Fetched = lazy(fetchMarkdown);

/** Markdown on a page that opens without any: until what draws it is here, the text stands as it is. */
export function LaterMarkdown(props: Props) {
  return (
    <Suspense fallback={<Plain {...props} />}>
      <Fetched {...props} />
    </Suspense>
  );
}

function Plain({ text }: Props) {
  return <div className="markdown">{text}</div>;
}
