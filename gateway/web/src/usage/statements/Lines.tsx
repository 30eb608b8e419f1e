import { numeric, Table } from '../../components/Table';
import { money, number } from '../../i18n';
import { useUsageTexts, type UsageText } from '../texts';
import type { StatementLine } from '../types';
import { sharesOf } from './shares';

/** UN/ECE Recommendation 20; what is counted in ones needs no unit. */
const units: Record<string, UsageText> = { MON: 'unitMonth', DAY: 'unitDay', '4L': 'unitMegabyte' };

/** The lines of a statement or an invoice; what they are called is written in German for the customer. */
export function Lines({ label, lines }: { label: string; lines: StatementLine[] }) {
  const say = useUsageTexts();
  const heads = [say('line'), ...(['quantity', 'price', 'allowance', 'taxHead', 'net'] as const).map((name) => numeric(say(name)))];
  const unit = (line: StatementLine) => (units[line.unit] ? ` ${say(units[line.unit] as UsageText)}` : '');
  return (
    <Table label={label} heads={heads}>
      {lines.map((line, place) => (
        <tr key={place} className="kern-table__row">
          <th className="kern-table__cell" scope="row" lang="de">
            {line.description}
          </th>
          <td className="kern-table__cell kern-table__cell--numeric">
            {number(line.quantity)}
            {unit(line)}
          </td>
          <td className="kern-table__cell kern-table__cell--numeric">
            {line.baseQuantity === 1
              ? money(line.unitPrice)
              : say('priceFor', money(line.unitPrice), `${number(line.baseQuantity)}${unit(line)}`)}
          </td>
          <td className="kern-table__cell kern-table__cell--numeric">
            {line.allowance === 0 ? '–' : money(line.allowance)}
            {line.allowanceReason && (
              <span lang="de">
                <br />
                {line.allowanceReason}
              </span>
            )}
          </td>
          <td className="kern-table__cell kern-table__cell--numeric">{line.tax.percent} %</td>
          <td className="kern-table__cell kern-table__cell--numeric">{money(line.net)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What each department bears of all lines together. */
export function Shares({ lines }: { lines: StatementLine[] }) {
  const say = useUsageTexts();
  const shares = sharesOf(lines);
  if (shares.length === 0) return null;
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('shares')}</h2>
      <Table label={say('shares')} heads={[say('department'), say('costCentre'), numeric(say('net'))]}>
        {shares.map(({ department, costCentre, net }) => (
          <tr key={`${department} ${costCentre}`} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {department || say('otherDepartments')}
            </th>
            <td className="kern-table__cell">{costCentre || '–'}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{money(net)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
