import { memo, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { announce } from '../components/Announcer';
import { say } from '../i18n';
import { grow, noBlocks, type Blocks } from './blocks';
import { extras, fetchExtra, onExtras } from './extras';
import './markdown.css';
import { render, wanted } from './render';

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
        const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button');
        if (button?.dataset.citation) onCitation?.(Number(button.dataset.citation));
        else if (button?.className === 'code__copy') copy(button.parentElement?.querySelector('pre')?.textContent ?? '');
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
  const loaded = useSyncExternalStore(onExtras, extras);
  const html = useMemo(() => render(source, loaded), [source, loaded]);
  useEffect(() => wanted(html).forEach(fetchExtra), [html]);
  const shown = useMemo(() => withButtons(html, citations), [html, citations]);
  return <div dangerouslySetInnerHTML={{ __html: shown }} />;
});

/** Runs after sanitising: puts buttons of ours, made of numbers and fixed texts only, where there is text between tags, and before code. */
export function withButtons(html: string, citations: ReadonlySet<number> | undefined): string {
  return html.replace(
    /<pre\b[^]*?<\/pre>|<(code|math)\b[^]*?<\/\1>|<[^>]*>|\[(\d{1,3})\]/g,
    (whole, _: string | undefined, number: string | undefined) => {
      if (whole.startsWith('<pre'))
        return `<div class="code"><button type="button" class="code__copy">${say('copy')}</button>${whole}</div>`;
      return number !== undefined && citations?.has(Number(number))
        ? `<button type="button" class="citation" data-citation="${Number(number)}" aria-label="${say('openSource', Number(number))}">${Number(number)}</button>`
        : whole;
    },
  );
}

function copy(text: string) {
  void navigator.clipboard.writeText(text).then(() => announce(say('copied')));
}
