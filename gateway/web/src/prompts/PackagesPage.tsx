import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { ApiError, call, getJson } from '../api/client';
import { Button } from '../components/Button';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { todayIso } from '../today';
import { useRights } from './rights';
import { usePromptTexts, type PromptText } from './texts';
import { useCategories } from './useCategories';

interface Report {
  publisher: string;
  dryRun: boolean;
  templates: { originalId: string; action: keyof typeof actions; id: string; name: string; version: number; submitted: boolean }[];
}

const actions = {
  created: 'actionCreated',
  replaced: 'actionReplaced',
  renamed: 'actionRenamed',
  skipped: 'actionSkipped',
  unchanged: 'actionUnchanged',
} as const satisfies Record<string, PromptText>;

/** Signed packages: published prompts on their way to other installations and from them. */
export default function PackagesPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const rights = useRights();
  return (
    <Main title={sayHere('packages')} lead={sayHere('packagesLead')}>
      <p>
        <Link className="kern-link" to="/library">
          {say('backToLibrary')}
        </Link>
      </p>
      {rights.mayExport && <Export />}
      {rights.mayImport && <Import />}
    </Main>
  );
}

function Export() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const categories = useCategories();
  const [category, setCategory] = useState('');
  const publisher = useQuery({
    queryKey: ['publisher'],
    queryFn: () => getJson<{ name: string; publicKey: string }>('/api/prompts/publisher'),
  });
  const start = useMutation({
    mutationFn: async () => {
      const response = await call('/api/prompts/packages', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(category ? { category } : {}),
      });
      save(await response.blob(), `prompts-${todayIso()}.json`);
    },
  });
  const hasNoKey = publisher.error instanceof ApiError && publisher.error.status === 503;
  return (
    <section>
      <h2 className="kern-heading-medium">{sayHere('export')}</h2>
      {hasNoKey && <p className="kern-body">{sayHere('noSigningKey')}</p>}
      {!hasNoKey && <Problem error={publisher.error} retry={() => void publisher.refetch()} />}
      {publisher.data && (
        <>
          <p className="kern-body">{sayHere('exportLead')}</p>
          <div className="row row--bottom">
            <Select
              label={say('category')}
              value={category}
              options={[['', sayHere('exportAll')], ...categories.map((name): [string, string] => [name, name])]}
              onChange={(event) => setCategory(event.target.value)}
            />
            <Button label={sayHere('exportStart')} icon="download" disabled={start.isPending} onClick={() => start.mutate()} />
          </div>
          <Problem error={start.error} />
          <p className="kern-body kern-body--small">{sayHere('publisher', publisher.data.name)}</p>
          <details>
            <summary>{sayHere('publicKey')}</summary>
            <code className="key">{publisher.data.publicKey}</code>
          </details>
        </>
      )}
    </section>
  );
}

function Import() {
  const sayHere = usePromptTexts();
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [conflict, setConflict] = useState('skip');
  const take = useMutation({
    mutationFn: async (dryRun: boolean) => {
      const response = await call(`/api/prompts/imports?conflict=${conflict}&dryRun=${dryRun}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: (await file?.text()) ?? '',
      });
      return (await response.json()) as Report;
    },
    onSuccess: async ({ dryRun }) => {
      if (dryRun) return;
      await queries.invalidateQueries({ queryKey: ['templates'] });
      await queries.invalidateQueries({ queryKey: ['submissions'] });
    },
  });
  const report = take.data;
  return (
    <section>
      <h2 className="kern-heading-medium">{sayHere('import')}</h2>
      <p className="kern-body">{sayHere('importLead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          take.mutate(true);
        }}
      >
        <label className="kern-form-input">
          <span className="kern-label">{sayHere('importFile')}</span>
          <input
            type="file"
            required
            accept=".json,application/json"
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              take.reset();
            }}
          />
        </label>
        <Select
          label={sayHere('conflict')}
          value={conflict}
          options={[
            ['skip', sayHere('conflictSkip')],
            ['replace', sayHere('conflictReplace')],
            ['rename', sayHere('conflictRename')],
          ]}
          onChange={(event) => {
            setConflict(event.target.value);
            take.reset();
          }}
        />
        <Button label={sayHere('importTry')} type="submit" kind="primary" disabled={take.isPending} />
      </form>
      <Problem error={take.error} />
      {report && (
        <>
          <h3 className="kern-title">{sayHere(report.dryRun ? 'importWould' : 'importDone')}</h3>
          <p className="kern-body">{sayHere('publisher', report.publisher)}</p>
          <Table
            label={sayHere(report.dryRun ? 'importWould' : 'importDone')}
            heads={[sayHere('fieldName'), sayHere('importAction'), sayHere('version'), sayHere('waitsForApproval')]}
          >
            {report.templates.map(({ originalId, id, name, action, version, submitted }) => (
              <tr key={originalId} className="kern-table__row">
                <th className="kern-table__cell" scope="row">
                  {report.dryRun ? (
                    name
                  ) : (
                    <Link className="kern-link" to={`/library/${id}`}>
                      {name}
                    </Link>
                  )}
                </th>
                <td className="kern-table__cell">{sayHere(actions[action])}</td>
                <td className="kern-table__cell">{version}</td>
                <td className="kern-table__cell">{sayHere(submitted ? 'yes' : 'no')}</td>
              </tr>
            ))}
          </Table>
          {report.dryRun && <Button label={sayHere('importStart')} kind="primary" onClick={() => take.mutate(false)} />}
        </>
      )}
    </section>
  );
}

/** Hands a file to the browser, which saves it. */
function save(content: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
