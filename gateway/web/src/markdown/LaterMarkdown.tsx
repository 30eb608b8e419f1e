import { lazy, Suspense, type ComponentProps } from 'react';
import type { Markdown } from './Markdown';

/** Fetches what draws Markdown, once: ahead where an answer is about to come. */
export const fetchMarkdown = () => import('./Markdown');

const Fetched = lazy(async () => ({ default: (await fetchMarkdown()).Markdown }));

/** Markdown on a page that opens without any: until what draws it is here, the text stands as it is. */
export function LaterMarkdown(props: ComponentProps<typeof Markdown>) {
  return (
    <Suspense fallback={<div className="markdown">{props.text}</div>}>
      <Fetched {...props} />
    </Suspense>
  );
}
