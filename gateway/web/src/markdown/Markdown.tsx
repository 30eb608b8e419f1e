import { memo, useMemo, useRef } from 'react';
import { say } from '../i18n';
import { grow, noBlocks, type Blocks } from './blocks';
import { render } from './render';

/** A Markdown text; `[n]` become buttons that `onCitation` hears of. While a stream writes it only its last block is drawn again. */
export function Markdown({
  text,
  citations,
  onCitation,
}: {
  text: string;
  citations?: ReadonlySet<number>;
  onCitation?: (number: number) => void;
}) {
  const last = useRef<Blocks>(noBlocks);
  // eslint-disable-next-line react-hooks/refs -- the blocks of the text before are only a cache of what was parsed
  const blocks = useMemo(() => (last.current = grow(last.current, text)), [text]);
  return (
    <div
      className="markdown"
      onClick={(event) => {
        const cited = (event.target as HTMLElement).closest<HTMLButtonElement>('button[data-citation]');
        if (cited) onCitation?.(Number(cited.dataset.citation));
      }}
    >
      {blocks.settled.map((source, index) => (
        <Block key={index} source={source} citations={citations} />
      ))}
      <Block source={blocks.open} citations={citations} />
    </div>
  );
}

const Block = memo(function Block({ source, citations }: { source: string; citations: ReadonlySet<number> | undefined }) {
  const html = useMemo(() => withCitations(render(source), citations), [source, citations]);
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
});

/** Runs after sanitising, on text between tags only, with numbers only. */
function withCitations(html: string, citations: ReadonlySet<number> | undefined): string {
  if (!citations || citations.size === 0) return html;
  return html.replace(/<[^>]*>|\[(\d{1,3})\]/g, (whole, number: string | undefined) =>
    number !== undefined && citations.has(Number(number))
      ? `<button type="button" class="citation" data-citation="${Number(number)}" aria-label="${say('openSource', Number(number))}">${Number(number)}</button>`
      : whole,
  );
}
