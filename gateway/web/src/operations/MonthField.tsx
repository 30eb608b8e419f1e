import { TextField } from '../components/Field';
import { today } from '../today';
import { lastMonth } from './months';
import { useOperationsTexts } from './texts';

/** A month that is over. Where the browser has no picker for months it is typed. */
export function MonthField({ value, error, onChange }: { value: string; error?: string; onChange: (month: string) => void }) {
  const say = useOperationsTexts();
  return (
    <TextField
      label={say('month')}
      type="month"
      value={value}
      max={lastMonth(today())}
      error={error}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
