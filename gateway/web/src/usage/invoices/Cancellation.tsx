import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { sendJson } from '../../api/client';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { errorAt, errorElsewhere, useOrder } from '../../components/useOrder';
import { useUsageTexts } from '../texts';

/** Takes an invoice back by another one. */
export function Cancellation({ invoiceId, base }: { invoiceId: string; base: string }) {
  const say = useUsageTexts();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const order = useOrder();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<Record<string, string>>({});

  const cancel = async () => {
    const isShort = reason.trim().length < 3;
    setWrong(isShort ? { reason: say('reasonHint') } : {});
    if (isShort) return;
    await order.run(async () => {
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
          isBusy={order.isBusy}
          onClose={() => setAsking(false)}
          onAction={() => void cancel()}
        >
          <div className="form">
            <p className="kern-body">{say('cancelInvoiceText')}</p>
            <Problem error={errorElsewhere(order.error, ['reason'])} />
            <TextField
              label={say('reason')}
              hint={say('reasonHint')}
              value={reason}
              maxLength={500}
              error={errorAt('reason', wrong, order.error)}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        </Dialog>
      )}
    </>
  );
}
