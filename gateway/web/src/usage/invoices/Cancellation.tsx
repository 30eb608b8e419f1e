import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sendJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { useUsageTexts } from '../texts';

/** Takes an invoice back by another one. */
export function Cancellation({ invoiceId, base }: { invoiceId: string; base: string }) {
  const say = useUsageTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { submit, isBusy, at, problem } = useForm(['reason']);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');

  const cancel = async () => {
    await submit({ reason: reason.trim().length < 3 && say('reasonHint') }, async () => {
      const { id } = await sendJson<{ id: string }>('POST', `/api/billing/invoices/${invoiceId}/cancellation`, { reason: reason.trim() });
      await queries.invalidateQueries({ queryKey: ['invoices'] });
      setAsking(false);
      await navigate(`${base}/invoices/${id}`);
    });
  };

  return (
    <>
      <Button label={say('cancelInvoice')} onClick={() => setAsking(true)} />
      {isAsking && (
        <Dialog
          title={say('cancelInvoice')}
          action={say('cancelInvoice')}
          isBusy={isBusy}
          onClose={() => setAsking(false)}
          onAction={() => void cancel()}
        >
          <div className="form">
            <p className="kern-body">{say('cancelInvoiceText')}</p>
            <Problem error={problem} />
            <TextField
              label={say('reason')}
              hint={say('reasonHint')}
              value={reason}
              maxLength={500}
              error={at('reason')}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </Dialog>
      )}
    </>
  );
}
