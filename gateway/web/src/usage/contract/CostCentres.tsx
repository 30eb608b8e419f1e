import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getVersioned, sendVersioned, type Versioned } from '../../api/versioned';
import { announce } from '../../components/Announcer';
import { Button } from '../../components/Button';
import { TextArea } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { SaveProblem } from '../../components/SaveProblem';
import { Table } from '../../components/Table';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useMe } from '../../session/session';
import { useUsageTexts } from '../texts';
import { readCentres, writeCentres } from './centres';

const path = '/api/billing/cost-centres';

interface Centres {
  centres: Record<string, string>;
}

/** Which cost centre bears which department; auditors only read it. */
export function CostCentres() {
  const say = useUsageTexts();
  const mayWrite = useMe().roles.includes('tenant-admin');
  const read = useQuery({
    queryKey: ['cost-centres'],
    queryFn: ({ signal }) => getVersioned<Centres>(path, signal),
    // What is being edited does not change under the reader's hands.
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <section className="section">
      <h2 className="kern-heading-medium">{say('costCentres')}</h2>
      <p className="kern-body">{say('costCentresText')}</p>
      <Problem error={read.error} retry={() => void read.refetch()} />
      {read.data &&
        (mayWrite ? (
          <CentresForm key={`${read.data.etag} ${read.dataUpdatedAt}`} read={read.data} reload={() => void read.refetch()} />
        ) : (
          <CentresTable centres={read.data.value.centres} />
        ))}
    </section>
  );
}

function CentresForm({ read, reload }: { read: Versioned<Centres>; reload: () => void }) {
  const say = useUsageTexts();
  const common = useCommonTexts();
  const words = useTexts();
  const { submit, isBusy, at, problem } = useForm(['centres']);
  const [text, setText] = useState(() => writeCentres(read.value.centres));
  const save = async () => {
    const centres = readCentres(text);
    const done = await submit({ centres: centres === null && say('costCentresWrong') }, () =>
      sendVersioned('PUT', path, read.etag, { centres }),
    );
    if (!done) return;
    announce(common('saved'));
    reload();
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        label={say('costCentres')}
        hint={say('costCentresHint')}
        rows={5}
        value={text}
        error={at('centres')}
        onChange={(event) => setText(event.target.value)}
      />
      <SaveProblem error={problem} reload={reload} />
      <div>
        <Button label={words('save')} kind="primary" type="submit" disabled={isBusy} />
      </div>
    </form>
  );
}

function CentresTable({ centres }: { centres: Record<string, string> }) {
  const say = useUsageTexts();
  const pairs = Object.entries(centres);
  if (pairs.length === 0) return <p className="kern-body">{say('noCostCentres')}</p>;
  return (
    <Table label={say('costCentres')} heads={[say('department'), say('costCentre')]}>
      {pairs.map(([department, centre]) => (
        <tr key={department} className="kern-table__row">
          <th className="kern-table__cell" scope="row">
            {department}
          </th>
          <td className="kern-table__cell">{centre}</td>
        </tr>
      ))}
    </Table>
  );
}
