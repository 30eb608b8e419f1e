import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { getJson } from '../../api/client';
import { Downloads } from '../../components/Downloads';
import { Problem } from '../../components/Problem';
import { numeric, Table } from '../../components/Table';
import { money, number, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { dayName, monthName } from '../format';
import { Lines, Shares } from '../statements/Lines';
import { useUsageTexts } from '../texts';
import type { InvoiceView } from '../types';
import { Cancellation } from './Cancellation';
import { InvoiceState } from './InvoiceState';

/** One invoice as issued; whoever runs the platform may cancel it. */
export default function InvoicePage({ base = '/usage', mayCancel = false }: { base?: string; mayCancel?: boolean }) {
  const say = useUsageTexts();
  const words = useTexts();
  const { id = '' } = useParams();
  const view = useQuery({
    queryKey: ['invoices', id],
    queryFn: ({ signal }) => getJson<InvoiceView>(`/api/billing/invoices/${id}`, signal),
  });
  if (!view.data)
    return (
      <Main title={say('invoices')} lead={view.isPending ? words('loading') : undefined}>
        <Problem error={view.error} retry={() => void view.refetch()} />
      </Main>
    );

  const { invoice, cancelledBy } = view.data;
  const isCancellation = invoice.kind === 'cancellation';
  const title = say(isCancellation ? 'cancellation' : 'invoice', invoice.number);
  const file = `/api/billing/invoices/${id}`;
  return (
    <Main title={title} lead={`${monthName(invoice.month)}, ${money(invoice.totals.gross)}`} wide>
      <p className="row">
        <InvoiceState state={isCancellation ? 'cancellation' : cancelledBy ? 'cancelled' : 'issued'} />
        {cancelledBy && (
          <>
            <span className="kern-body">{say('cancelledBy')}</span>
            <Link className="kern-link" to={`${base}/invoices/${cancelledBy}`}>
              {say('openCancellation')}
            </Link>
          </>
        )}
        {invoice.preceding && (
          <Link className="kern-link" to={`${base}/invoices/${invoice.preceding.id}`}>
            {say('cancels', invoice.preceding.number, invoice.reason)}
          </Link>
        )}
      </p>
      <Downloads
        files={[
          [`${file}/xml`, say('asXml')],
          [`${file}/pdf`, say('asPdf')],
          [`${file}/csv`, say('asCsv')],
        ]}
      />
      <dl className="facts">
        <Fact name={say('issuedOn')}>{dayName(invoice.issuedOn)}</Fact>
        <Fact name={say('dueOn')}>{invoice.dueOn ? dayName(invoice.dueOn) : '–'}</Fact>
        <Fact name={say('seller')}>
          {invoice.seller.name}, {place(invoice.seller.address)}
        </Fact>
        <Fact name={say('buyer')}>
          {invoice.buyer.legalName}, {place(invoice.buyer.address)}
        </Fact>
        <Fact name={say('leitwegId')}>{invoice.buyer.leitwegId}</Fact>
        {invoice.buyer.orderReference && <Fact name={say('orderReference')}>{invoice.buyer.orderReference}</Fact>}
      </dl>
      <Lines label={title} lines={invoice.lines} />
      <section className="section">
        <h2 className="kern-heading-medium">{say('total')}</h2>
        <Table label={say('total')} heads={[say('line'), numeric(say('taxable')), numeric(say('gross'))]}>
          {invoice.vat.map((part) => (
            <tr key={part.tax.name} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {say('taxOf', part.tax.percent)}
              </th>
              <td className="kern-table__cell kern-table__cell--numeric">{money(part.taxable)}</td>
              <td className="kern-table__cell kern-table__cell--numeric">{money(part.amount)}</td>
            </tr>
          ))}
          <tr className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {say('total')}
            </th>
            <td className="kern-table__cell kern-table__cell--numeric">{money(invoice.totals.net)}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{money(invoice.totals.gross)}</td>
          </tr>
        </Table>
      </section>
      <Shares lines={invoice.lines} />
      <section className="section">
        <h2 className="kern-heading-medium">{say('proof')}</h2>
        <p className="kern-body wrapped">{say('proofText', number(invoice.ledgerSeq), invoice.ledgerHash)}</p>
      </section>
      {mayCancel && !isCancellation && !cancelledBy && <Cancellation invoiceId={id} base={base} />}
    </Main>
  );
}

const place = ({ street, postCode, city }: InvoiceView['invoice']['seller']['address']) =>
  [street, `${postCode} ${city}`].filter(Boolean).join(', ');

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="kern-body kern-body--small">{name}</dt>
      <dd className="kern-body">{children}</dd>
    </div>
  );
}
