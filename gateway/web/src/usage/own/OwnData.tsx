import { Downloads } from '../../components/Downloads';
import { useUsageTexts, type UsageText } from '../texts';

const exports: [query: string, text: UsageText][] = [
  ['format=json', 'ownDataJson'],
  ['format=csv&part=entries', 'ownDataEntries'],
  ['format=csv&part=days', 'ownDataDays'],
  ['format=csv&part=analytics', 'ownDataAnalytics'],
];

/** What billing keeps about the reader, and how they take it along (Art. 15 and 20 GDPR). */
export function OwnData() {
  const say = useUsageTexts();
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('ownData')}</h2>
      <p className="kern-body">{say('ownDataLead')}</p>
      <Downloads files={exports.map(([query, text]) => [`/api/billing/own-data?${query}`, say(text)])} />
    </section>
  );
}
