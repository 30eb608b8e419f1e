import { useQuery } from '@tanstack/react-query';
import { getJson } from '../../api/client';
import { queryOf } from '../../api/usePages';
import { money } from '../../i18n';
import { useUsageTexts } from '../texts';
import type { CostsReport } from '../types';
import { Figures } from './Figures';
import { costLines } from './series';
import { SeriesCharts } from './SeriesCharts';

/** What departments cost in the closed months that the period touches. */
export function Costs({ from, to }: { from: string; to: string }) {
  const say = useUsageTexts();
  const path = `/api/billing/analytics/costs${queryOf({ from, to })}`;
  const report = useQuery({ queryKey: ['analytics', path], queryFn: ({ signal }) => getJson<CostsReport>(path, signal) });
  return (
    <Figures title={say('costsTitle')} text={say('costsText')} csv={`${path}&format=csv`} query={report}>
      {(found) => <SeriesCharts label={say('costsTitle')} {...costLines(found)} grouping="month" nothing={say('noCosts')} write={money} />}
    </Figures>
  );
}
