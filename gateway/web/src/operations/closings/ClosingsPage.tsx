import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { List } from '../../components/List';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { dateTime } from '../../i18n';
import { Main } from '../../layout/Main';
import { today } from '../../today';
import { monthName } from '../../usage/format';
import { MonthField } from '../MonthField';
import { isOver, lastMonth } from '../months';
import { useOperationsTexts } from '../texts';
import type { Closing } from '../types';

/** Month closings; those under way are followed. */
export default function ClosingsPage() {
  const say = useOperationsTexts();
  const { list, items } = usePages<Closing>('closings', '/api/billing/closings', {}, 3000);
  const [isClosing, setClosing] = useState(false);
  return (
    <Main title={say('closings')} lead={say('closingsLead')} wide>
      <Button label={say('close')} kind="primary" onClick={() => setClosing(true)} />
      <List
        pages={list}
        items={items}
        label={say('closings')}
        empty={say('noClosings')}
        heads={[say('month'), say('progress'), say('state'), say('startedBy')]}
      >
        {(closing) => (
          <tr key={closing.month} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {monthName(closing.month)}
            </th>
            <td className="kern-table__cell">
              <Progress closing={closing} />
            </td>
            <td className="kern-table__cell">
              {closing.finishedAt ? say('finished', dateTime(closing.finishedAt)) : say('running')}
              {closing.failed > 0 && `, ${say('failedSome', closing.failed)}`}
            </td>
            <td className="kern-table__cell">
              {dateTime(closing.startedAt)}, {say(closing.startedBy ? 'byOperator' : 'byItself')}
            </td>
          </tr>
        )}
      </List>
      {isClosing && <CloseForm onClose={() => setClosing(false)} />}
    </Main>
  );
}

function Progress({ closing }: { closing: Closing }) {
  const say = useOperationsTexts();
  const { month, closed, tenants } = closing;
  return (
    <div className="kern-progress">
      <span className="kern-body">{say('progressOf', closed, tenants)}</span>
      <progress
        aria-label={`${say('progress')}: ${monthName(month)}`}
        value={tenants === 0 && closing.finishedAt ? 1 : closed}
        max={tenants || 1}
      />
    </div>
  );
}

function CloseForm({ onClose }: { onClose: () => void }) {
  const say = useOperationsTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(['month']);
  const [month, setMonth] = useState(() => lastMonth(today()));
  const close = async () => {
    const done = await submit({ month: !isOver(month, today()) && say('monthWrong') }, async () => {
      await sendJson('POST', '/api/billing/closings', { month });
      await queries.invalidateQueries({ queryKey: ['closings'] });
    });
    if (done) onClose();
  };
  return (
    <Dialog
      title={isOver(month, today()) ? say('closeTitle', monthName(month)) : say('close')}
      action={say('close')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void close()}
    >
      <div className="form">
        <Problem error={problem} />
        <MonthField value={month} error={at('month')} onChange={setMonth} />
        <p className="kern-body">{say('closeText')}</p>
      </div>
    </Dialog>
  );
}
