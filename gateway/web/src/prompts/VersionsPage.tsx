import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { getJson, sendJson } from '../api/client';
import { announce } from '../components/Announcer';
import { Button } from '../components/Button';
import { Dialog } from '../components/Dialog';
import { Select } from '../components/Field';
import { Problem } from '../components/Problem';
import { Table } from '../components/Table';
import { dateTime, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { DiffView } from './DiffView';
import { useNames } from './names';
import { useRights } from './rights';
import { usePromptTexts } from './texts';
import type { Diff, Prompt, Version } from './types';

/** A prompt's versions, what changed between two of them, and the way back to one. */
export default function VersionsPage() {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const queries = useQueryClient();
  const rights = useRights();
  const { personName } = useNames();
  const { id } = useParams();
  const path = `/api/prompts/templates/${id}`;
  const [query, setQuery] = useSearchParams();
  const [asked, setAsked] = useState<number>();
  const prompt = useQuery({ queryKey: ['template', id], queryFn: () => getJson<Prompt>(path) });
  const list = useQuery({
    queryKey: ['versions', id],
    queryFn: async () => (await getJson<{ versions: Version[] }>(`${path}/versions`)).versions,
  });
  const versions = list.data ?? [];
  const to = Number(query.get('to')) || versions[0]?.version;
  const from = Number(query.get('from')) || versions.find(({ version }) => to !== undefined && version < to)?.version;
  const diff = useQuery({
    queryKey: ['diff', id, from, to],
    queryFn: () => getJson<Diff>(`${path}/versions/${from}/diff/${to}`),
    enabled: from !== undefined && to !== undefined,
  });
  const bringBack = useMutation({
    mutationFn: (version: number) =>
      sendJson<Prompt>('POST', `${path}/rollbacks`, { version }, { 'If-Match': `"${prompt.data?.version}"` }),
    onSuccess: async (saved) => {
      queries.setQueryData(['template', id], saved);
      await queries.invalidateQueries({ queryKey: ['versions', id] });
      setQuery({});
      announce(sayHere('saved', saved.version));
    },
    onSettled: () => setAsked(undefined),
  });
  const choice = (name: 'from' | 'to') => ({
    options: versions.map(({ version, savedAt }): [string, string] => [`${version}`, `${version} (${dateTime(savedAt)})`]),
    onChange: (event: { target: { value: string } }) => {
      const next = new URLSearchParams(query);
      next.set(name, event.target.value);
      setQuery(next);
    },
  });
  const mayEdit = prompt.data && rights.mayEdit(prompt.data);

  return (
    <Main title={sayHere('versionsTitle', prompt.data?.title ?? '')} wide>
      <p>
        <Link className="kern-link" to={`/library/${id}`}>
          {sayHere('backToPrompt')}
        </Link>
      </p>
      {list.isPending && <p className="kern-body">{say('loading')}</p>}
      <Problem error={list.error ?? prompt.error} retry={() => void list.refetch()} />
      <Problem error={bringBack.error} retry={() => void prompt.refetch().then(() => bringBack.reset())} />
      {versions.length > 0 && (
        <Table
          label={sayHere('versions')}
          heads={[
            sayHere('version'),
            sayHere('fieldTitle'),
            sayHere('savedAt'),
            sayHere('savedBy'),
            sayHere('published'),
            ...(mayEdit ? [say('actions')] : []),
          ]}
        >
          {versions.map(({ version, title, author, savedAt, published }, index) => (
            <tr key={version} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {version}
              </th>
              <td className="kern-table__cell">{title}</td>
              <td className="kern-table__cell">{dateTime(savedAt)}</td>
              <td className="kern-table__cell">{personName(author)}</td>
              <td className="kern-table__cell">{sayHere(published ? 'yes' : 'no')}</td>
              {mayEdit && (
                <td className="kern-table__cell">
                  {index > 0 && (
                    <Button
                      label={sayHere('bringBack', version)}
                      kind="tertiary"
                      icon="autorenew"
                      iconOnly
                      onClick={() => setAsked(version)}
                    />
                  )}
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {versions.length > 1 && from !== undefined && to !== undefined && (
        <section>
          <h2 className="kern-heading-medium">{sayHere('changes', from, to)}</h2>
          <div className="row row--bottom">
            <Select label={sayHere('compareFrom')} value={`${from}`} {...choice('from')} />
            <Select label={sayHere('compareTo')} value={`${to}`} {...choice('to')} />
          </div>
          <Problem error={diff.error} retry={() => void diff.refetch()} />
          {diff.data && <DiffView diff={diff.data} />}
        </section>
      )}
      {asked !== undefined && (
        <Dialog
          title={sayHere('bringBackTitle', asked)}
          action={sayHere('bringBack', asked)}
          isBusy={bringBack.isPending}
          onClose={() => setAsked(undefined)}
          onAction={() => bringBack.mutate(asked)}
        >
          <p className="kern-body">{sayHere('bringBackText')}</p>
        </Dialog>
      )}
    </Main>
  );
}
