import { useState } from 'react';
import { getJson } from '../../api/client';
import { queryOf } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { language, number } from '../../i18n';
import { useMe } from '../../session/session';
import { useUsageTexts } from '../texts';

interface LedgerReport {
  intact: boolean;
  entries: number;
  fault?: { detail: string; detailDe: string } | null;
}

/** Which ledger entry a bill ends with. Auditors can have their tenant's ledger recomputed against it. */
export function Proof({ seq, hash, tenant }: { seq: number; hash: string; tenant: string }) {
  const say = useUsageTexts();
  const me = useMe();
  const { submit, isBusy, problem } = useForm();
  const [report, setReport] = useState<LedgerReport>();
  const verify = () =>
    submit({}, async () => setReport(await getJson<LedgerReport>(`/api/billing/ledger/verification${queryOf({ seq, hash })}`)));
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('proof')}</h2>
      <p className="kern-body wrapped">{say('proofText', number(seq), hash)}</p>
      {me.roles.includes('auditor') && me.tenant === tenant && (
        <Button label={say(isBusy ? 'verifying' : 'verify')} disabled={isBusy} onClick={() => void verify()} />
      )}
      <Problem error={problem} />
      {report && (
        <div className={`kern-alert kern-alert--${report.intact ? 'success' : 'danger'}`} role="status">
          <div className="kern-alert__header">
            <span className={`kern-icon kern-icon--${report.intact ? 'success' : 'danger'}`} aria-hidden="true" />
            <span className="kern-title">{report.intact ? say('intact', number(report.entries)) : say('notIntact')}</span>
          </div>
          {report.fault && (
            <div className="kern-alert__body">
              <p className="kern-body">{language() === 'de' ? report.fault.detailDe : report.fault.detail}</p>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
