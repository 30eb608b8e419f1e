import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../api/client';
import { Dialog } from '../components/Dialog';
import { Select, TextArea } from '../components/Field';
import { Problem } from '../components/Problem';
import { useNames } from './names';
import { usePromptTexts } from './texts';
import type { Prompt } from './types';

/** Asks for a version to be published; somebody else decides. */
export function SubmitDialog({ prompt, onClose, onDone }: { prompt: Prompt; onClose: () => void; onDone: () => void }) {
  const sayHere = usePromptTexts();
  const queries = useQueryClient();
  const { scopeName } = useNames();
  const [scope, setScope] = useState(prompt.scope === 'land' || prompt.scope === 'all' ? prompt.scope : 'tenant');
  const [note, setNote] = useState('');
  const submit = useMutation({
    mutationFn: () =>
      sendJson('POST', `/api/prompts/templates/${prompt.id}/submissions`, {
        scope,
        version: prompt.version,
        note: note.trim() || undefined,
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['submissions'] });
      onDone();
    },
  });
  return (
    <Dialog
      title={sayHere('submitTitle', prompt.version)}
      action={sayHere('submit')}
      isBusy={submit.isPending}
      onClose={onClose}
      onAction={() => submit.mutate()}
    >
      <p className="kern-body">{sayHere('submitLead')}</p>
      <Select
        label={sayHere('submitFor')}
        value={scope}
        options={['tenant', 'land', 'all'].map((value): [string, string] => [value, scopeName(value)])}
        onChange={(event) => setScope(event.target.value)}
      />
      <TextArea
        label={sayHere('note')}
        isOptional
        rows={3}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Problem error={submit.error} />
    </Dialog>
  );
}
