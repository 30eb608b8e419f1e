import { useSearchParams } from 'react-router';
import { Select, TextField } from '../components/Field';
import { today } from '../today';
import { isReadable, periodNames, periodOf, type Period, type PeriodName } from './periods';
import { useUsageTexts } from './texts';

const isName = (text: string): text is PeriodName => (periodNames as string[]).includes(text);

/** The period in the page's address, so that it can be sent to a colleague; a name's days are those of today. */
export function usePeriod(): { name: PeriodName | 'custom'; period: Period } {
  const [query] = useSearchParams();
  const name = query.get('period') ?? 'days31';
  if (isName(name)) return { name, period: periodOf(name, today()) };
  const usual = periodOf('days31', today());
  return { name: 'custom', period: { from: query.get('from') ?? usual.from, to: query.get('to') ?? usual.to } };
}

export function PeriodChoice() {
  const say = useUsageTexts();
  const [query, setQuery] = useSearchParams();
  const { name, period } = usePeriod();
  const set = (values: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const key of ['period', 'from', 'to']) next.delete(key);
    for (const [key, value] of Object.entries(values)) next.set(key, value);
    setQuery(next, { replace: true });
  };
  return (
    <>
      <Select
        label={say('period')}
        value={name}
        options={[...periodNames.map((one): [string, string] => [one, say(one)]), ['custom', say('custom')]]}
        onChange={(event) => set(event.target.value === 'custom' ? { period: 'custom', ...period } : { period: event.target.value })}
      />
      {name === 'custom' && (
        <>
          <TextField
            label={say('periodFrom')}
            type="date"
            value={period.from}
            error={isReadable(period) ? undefined : say('periodWrong')}
            onChange={(event) => event.target.value && set({ period: 'custom', from: event.target.value, to: period.to })}
          />
          <TextField
            label={say('periodTo')}
            type="date"
            value={period.to}
            onChange={(event) => event.target.value && set({ period: 'custom', from: period.from, to: event.target.value })}
          />
        </>
      )}
    </>
  );
}
