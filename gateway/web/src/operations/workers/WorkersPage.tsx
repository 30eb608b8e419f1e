import { useState } from 'react';
import { usePages } from '../../api/usePages';
import { Button } from '../../components/Button';
import { Problem } from '../../components/Problem';
import { numeric, Table } from '../../components/Table';
import { dateTime, number, useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { useOperationsTexts, type OperationsText } from '../texts';
import type { Worker } from '../types';
import { gigabytes } from './gigabytes';
import { LoadForm, Unloading } from './ModelOrders';

/** Workers as they announce themselves. */
export default function WorkersPage() {
  const say = useOperationsTexts();
  const words = useTexts();
  const { list, items } = usePages<Worker>('workers', '/api/chat/workers', {}, 2000);
  return (
    <Main title={say('workers')} lead={say('workersLead')} wide>
      <Problem error={list.error} retry={() => void list.refetch()} />
      {list.isPending && <p className="kern-body">{words('loading')}</p>}
      {list.data && items.length === 0 && <p className="kern-body">{say('noWorkers')}</p>}
      {items.map((worker) => (
        <WorkerBox key={worker.id} worker={worker} />
      ))}
    </Main>
  );
}

function WorkerBox({ worker }: { worker: Worker }) {
  const say = useOperationsTexts();
  const [isLoading, setLoading] = useState(false);
  const [unloaded, setUnloaded] = useState<string>();
  const { memoryBytes, memoryBudgetBytes } = worker;
  return (
    <section className="worker" aria-label={worker.id}>
      <h2 className="kern-heading-small">{worker.id}</h2>
      <p className="row">
        <span className={`kern-badge kern-badge--${worker.alive ? 'success' : 'danger'}`}>
          <span className="kern-label kern-label--small">{worker.alive ? say('alive') : say('gone', dateTime(worker.lastSeenAt))}</span>
        </span>
        <Button label={say('loadModel')} icon="add" disabled={!worker.alive} onClick={() => setLoading(true)} />
      </p>
      <ul className="tiles">
        <Measure name={say('slots')} text={say('slotsOf', worker.running, worker.slots)} value={worker.running} max={worker.slots} />
        <Measure name={say('waiting')} text={number(worker.waiting)} />
        <Measure name={say('speed')} text={worker.tokensPerSecond ? number(Math.round(worker.tokensPerSecond)) : '–'} />
        <Measure name={say('device')} text={worker.device ?? say('processor')} />
        {typeof memoryBytes === 'number' && (
          <Measure
            name={say('memory')}
            text={memoryBudgetBytes ? say('memoryOf', gigabytes(memoryBytes), gigabytes(memoryBudgetBytes)) : gigabytes(memoryBytes)}
            value={memoryBytes}
            max={memoryBudgetBytes ?? undefined}
          />
        )}
      </ul>
      <Table
        label={`${say('models')}: ${worker.id}`}
        heads={[say('model'), say('state'), say('kind'), numeric(say('context')), say('priceClass'), say('actions')]}
      >
        {worker.models.map((model) => (
          <tr key={model.id} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {model.id}
            </th>
            <td className="kern-table__cell">{say('served')}</td>
            <td className="kern-table__cell">{say(`kind_${model.kind}` as OperationsText)}</td>
            <td className="kern-table__cell kern-table__cell--numeric">{number(model.contextTokens)}</td>
            <td className="kern-table__cell">{model.priceClass ?? '–'}</td>
            <td className="kern-table__cell kern-table__cell--action">
              <Button
                label={say('unloadOf', model.id)}
                kind="tertiary"
                icon="delete"
                iconOnly
                disabled={!worker.alive}
                onClick={() => setUnloaded(model.id)}
              />
            </td>
          </tr>
        ))}
        {worker.loading.map(({ model, state, reason }) => (
          <tr key={model} className="kern-table__row">
            <th className="kern-table__cell" scope="row">
              {model}
            </th>
            <td className="kern-table__cell" colSpan={5}>
              {state === 'loading' ? <Loading model={model} /> : say('loadFailed', reason ?? '–')}
            </td>
          </tr>
        ))}
      </Table>
      {isLoading && <LoadForm worker={worker.id} onClose={() => setLoading(false)} />}
      {unloaded && <Unloading worker={worker.id} model={unloaded} onClose={() => setUnloaded(undefined)} />}
    </section>
  );
}

/** How far a model is loaded is not announced, only that it is. */
function Loading({ model }: { model: string }) {
  const say = useOperationsTexts();
  return (
    <div className="kern-progress">
      <span className="kern-body">{say('loading')}</span>
      <progress aria-label={`${say('loading')} ${model}`} />
    </div>
  );
}

function Measure({ name, text, value, max }: { name: string; text: string; value?: number; max?: number }) {
  return (
    <li className="tile">
      <span className="kern-body kern-body--small">{name}</span>
      <br />
      <span className="figure__value">{text}</span>
      {value !== undefined && max !== undefined && max > 0 && (
        <div className="kern-progress">
          <progress aria-label={name} value={Math.min(value, max)} max={max} />
        </div>
      )}
    </li>
  );
}
