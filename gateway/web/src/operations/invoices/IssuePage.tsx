import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { sendJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Problem } from '../../components/Problem';
import { Table } from '../../components/Table';
import { useForm } from '../../components/useForm';
import { language } from '../../i18n';
import { Main } from '../../layout/Main';
import { today } from '../../today';
import { monthName } from '../../usage/format';
import { MonthField } from '../MonthField';
import { isOver, lastMonth } from '../months';
import { useOperationsTexts } from '../texts';
import type { IssueReport } from '../types';

/** Issues a closed month's invoices, and says who got none and why. Asked again, it goes on where it was cut off. */
export default function IssuePage() {
  const say = useOperationsTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(['month']);
  const [month, setMonth] = useState(() => lastMonth(today()));
  const [reissueCancelled, setReissue] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [report, setReport] = useState<IssueReport>();
  const found = { month: !isOver(month, today()) && say('monthWrong') };

  const issue = async () => {
    setAsking(false);
    setReport(undefined);
    await submit(found, async () => {
      setReport(await sendJson<IssueReport>('POST', '/api/billing/invoices/issue', { month, reissueCancelled }));
      await queries.invalidateQueries({ queryKey: ['invoices'] });
    });
  };

  return (
    <Main title={say('issue')} lead={say('issueText')}>
      <div className="form">
        <Problem error={problem} />
        <MonthField value={month} error={at('month')} onChange={setMonth} />
        <label className="check">
          <input type="checkbox" checked={reissueCancelled} onChange={(event) => setReissue(event.target.checked)} /> {say('reissue')}
        </label>
        <div>
          <Button label={say('issue')} kind="primary" disabled={isBusy} onClick={() => (found.month ? void issue() : setAsking(true))} />
        </div>
      </div>
      {isAsking && (
        <Dialog
          title={say('issueTitle', monthName(month))}
          action={say('issue')}
          onClose={() => setAsking(false)}
          onAction={() => void issue()}
        >
          <p className="kern-body">{say('issueText')}</p>
        </Dialog>
      )}
      {report && <Report report={report} />}
    </Main>
  );
}

function Report({ report }: { report: IssueReport }) {
  const say = useOperationsTexts();
  return (
    <section className="section" aria-live="polite">
      <h2 className="kern-heading-medium">{say('issueReport', monthName(report.month))}</h2>
      <ul className="kern-body">
        <li>
          {say('issuedNow', report.issued.length)}
          <ul>
            {report.issued.map(({ id, number, tenant }) => (
              <li key={id}>
                <Link className="kern-link" to={`/operations/invoices/${id}`}>
                  {number}
                </Link>
                , {tenant}
              </li>
            ))}
          </ul>
        </li>
        <li>{say('standing', report.standing)}</li>
        <li>{say('zero', report.zero)}</li>
        {report.cancelled.length > 0 && <li>{say('cancelledBefore', report.cancelled.join(', '))}</li>}
        {report.stillClosing > 0 && <li>{say('stillClosing', report.stillClosing)}</li>}
      </ul>
      {report.notIssued.length > 0 && (
        <Table label={say('notIssued')} heads={[say('tenant'), say('why')]}>
          {report.notIssued.map(({ tenant, missing, detail, detailDe }) => (
            <tr key={tenant} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {tenant}
              </th>
              <td className="kern-table__cell">
                {missing === 'account' ? (
                  <Link className="kern-link" to="/operations/accounts">
                    {say('noAccount')}
                  </Link>
                ) : language() === 'de' ? (
                  detailDe
                ) : (
                  detail
                )}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
