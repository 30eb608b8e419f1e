import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getVersioned, sendVersioned, type Versioned } from '../../api/versioned';
import { announce } from '../../components/Announcer';
import { Button } from '../../components/Button';
import { TextArea, TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { SaveProblem } from '../../components/SaveProblem';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { Main } from '../../layout/Main';
import { useAdminTexts } from '../texts';
import type { TenantSettings } from '../types';
import { isRight, MAX_POLICY, toDraft, toSettings } from './draft';
import { LetterheadFields } from './LetterheadFields';
import { MarkdownField } from './MarkdownField';

const path = '/api/identity/tenants/current/settings';
const fields = ['policyText', 'retentionDays', 'imprint', 'privacy'];
const letterheadFields = ['name', 'lines', 'returnAddress', 'footerLines', 'logo'].map((field) => `letterhead.${field}`);

/** What the tenant has settled for all its people. */
export default function SettingsPage() {
  const say = useAdminTexts();
  const words = useTexts();
  const [isSaved, setSaved] = useState(false);
  const read = useQuery({
    queryKey: ['tenant-settings'],
    queryFn: ({ signal }) => getVersioned<TenantSettings>(path, signal),
    // What is being edited does not change under the reader's hands.
    staleTime: Infinity,
    gcTime: 0,
  });
  return (
    <Main title={say('settings')} lead={say('settingsLead')}>
      <Problem error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <p className="kern-body">{words('loading')}</p>}
      {read.data && (
        <SettingsForm
          key={`${read.data.etag} ${read.dataUpdatedAt}`}
          read={read.data}
          isSaved={isSaved}
          reload={(saved) => void read.refetch().then(() => setSaved(saved))}
        />
      )}
    </Main>
  );
}

function SettingsForm({ read, isSaved, reload }: { read: Versioned<TenantSettings>; isSaved: boolean; reload: (saved: boolean) => void }) {
  const say = useAdminTexts();
  const common = useCommonTexts();
  const words = useTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm([...fields, ...letterheadFields]);
  const [draft, setDraft] = useState(() => toDraft(read.value));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(toDraft(read.value));
  useWarningBeforeLeaving(isChanged);
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });

  const save = async () => {
    const right = isRight(draft);
    const found = {
      policyText: !right.policyText && say('policyWrong', draft.policyText.length - MAX_POLICY),
      retentionDays: !right.retentionDays && say('retentionWrong'),
      imprint: !right.imprint && say('markdownWrong'),
      privacy: !right.privacy && say('markdownWrong'),
      'letterhead.name': !right.name && say('letterheadNameWrong'),
      'letterhead.lines': !right.lines && say('eightLines'),
      'letterhead.returnAddress': !right.returnAddress && say('lineWrong'),
      'letterhead.footerLines': !right.footerLines && say('eightLines'),
    };
    const done = await submit(found, () => sendVersioned('PUT', path, read.etag, { ...read.value, ...toSettings(draft) }));
    if (!done) return;
    announce(common('saved'));
    reload(true);
    // The imprint and the privacy notice are shown to everybody.
    await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'tenant-settings' });
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
      <h2 className="kern-heading-medium">{say('policy')}</h2>
      <TextArea
        label={say('policyText')}
        isOptional
        hint={say('policyHint')}
        rows={6}
        value={draft.policyText}
        error={at('policyText')}
        onChange={(event) => set({ policyText: event.target.value })}
      />
      <h2 className="kern-heading-medium">{say('retention')}</h2>
      <TextField
        label={say('retentionDays')}
        isOptional
        hint={say('retentionHint')}
        inputMode="numeric"
        value={draft.retentionDays}
        error={at('retentionDays')}
        onChange={(event) => set({ retentionDays: event.target.value })}
      />
      <LetterheadFields draft={draft} set={set} at={(field) => at(`letterhead.${field}`)} />
      <MarkdownField label={say('imprint')} value={draft.imprint} error={at('imprint')} onChange={(imprint) => set({ imprint })} />
      <MarkdownField label={say('privacy')} value={draft.privacy} error={at('privacy')} onChange={(privacy) => set({ privacy })} />
      <SaveProblem error={problem} reload={() => reload(false)} />
      <div className="row">
        <Button label={words('save')} kind="primary" type="submit" disabled={isBusy} />
        {isChanged && <Button label={say('reload')} kind="tertiary" onClick={() => reload(false)} />}
        {isSaved && !isChanged && <span className="kern-body">{common('saved')}</span>}
      </div>
    </form>
  );
}

/** The browser asks before the page is closed with something unsaved. */
function useWarningBeforeLeaving(isChanged: boolean) {
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);
}
