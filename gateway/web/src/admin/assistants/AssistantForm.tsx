import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { sendVersioned } from '../../api/versioned';
import { useCollections, useModels } from '../../chat/useChoice';
import { Checks } from '../../components/Checks';
import { Dialog } from '../../components/Dialog';
import { Select, TextArea, TextField } from '../../components/Field';
import { SaveProblem } from '../../components/SaveProblem';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useAdminTexts } from '../texts';
import type { Assistant } from '../types';
import { readAudience, writeAudience, type AudienceKind } from './audience';
import { optionalNumber } from './optionalNumber';

const fields = ['name', 'description', 'instruction', 'temperature', 'maxTokens', 'audience', 'model', 'collectionIds'];

export function AssistantForm({ assistant, onClose }: { assistant?: Assistant; onClose: () => void }) {
  const say = useAdminTexts();
  const words = useTexts();
  const queries = useQueryClient();
  const models = useModels().data ?? [];
  const collections = useCollections().data ?? [];
  const { submit, isBusy, at, problem } = useForm(fields);
  const [draft, setDraft] = useState(() => ({
    name: assistant?.name ?? '',
    description: assistant?.description ?? '',
    instruction: assistant?.instruction ?? '',
    function: assistant?.function ?? 'chat',
    collectionIds: assistant?.collectionIds ?? [],
    model: assistant?.model ?? '',
    temperature: assistant?.temperature?.toString() ?? '',
    maxTokens: assistant?.maxTokens?.toString() ?? '',
    ...readAudience(assistant?.audience ?? 'tenant'),
  }));
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const reload = () => void queries.invalidateQueries({ queryKey: ['assistants'] }).then(onClose);

  const save = async () => {
    const temperature = optionalNumber(draft.temperature, 0, 2);
    const maxTokens = optionalNumber(draft.maxTokens, 1, 1_000_000);
    const found = {
      name: (draft.name.trim() === '' || draft.name.length > 120) && say('assistantNameWrong'),
      temperature: temperature === undefined && say('temperatureWrong'),
      maxTokens: (maxTokens === undefined || !Number.isInteger(maxTokens ?? 1)) && say('maxTokensWrong'),
      audience: draft.kind === 'department' && !draft.department.trim() && say('departmentMissing'),
    };
    const { name, description, instruction, collectionIds } = draft;
    const body = {
      ...{ name: name.trim(), description, instruction, collectionIds, temperature, maxTokens },
      function: draft.function,
      model: draft.model || null,
      audience: writeAudience(draft.kind, draft.department),
    };
    const done = await submit(found, () =>
      assistant
        ? sendVersioned('PUT', `/api/chat/assistants/${assistant.id}`, `"${assistant.version}"`, body)
        : sendJson('POST', '/api/chat/assistants', body),
    );
    if (done) reload();
  };

  return (
    <Dialog
      title={say(assistant ? 'changeAssistant' : 'newAssistant')}
      action={words(assistant ? 'save' : 'create')}
      isBusy={isBusy}
      onClose={onClose}
      onAction={() => void save()}
    >
      <div className="form">
        <SaveProblem error={problem} reload={reload} />
        <TextField
          label={say('assistantName')}
          value={draft.name}
          maxLength={120}
          error={at('name')}
          onChange={(event) => set({ name: event.target.value })}
        />
        <TextField
          label={say('description')}
          isOptional
          value={draft.description}
          maxLength={1000}
          error={at('description')}
          onChange={(event) => set({ description: event.target.value })}
        />
        <TextArea
          label={say('instruction')}
          isOptional
          hint={say('instructionHint')}
          rows={6}
          value={draft.instruction}
          maxLength={20_000}
          error={at('instruction')}
          onChange={(event) => set({ instruction: event.target.value })}
        />
        <Select
          label={say('function')}
          value={draft.function}
          options={(['chat', 'summarise', 'research', 'draft', 'translate'] as const).map((name) => [name, words(name)])}
          onChange={(event) => set({ function: event.target.value })}
        />
        <Select
          label={say('audience')}
          value={draft.kind}
          error={draft.kind === 'department' ? undefined : at('audience')}
          options={[
            ['private', say('audiencePrivate')],
            ['tenant', say('audienceTenant')],
            ['department', say('audienceDepartment')],
          ]}
          onChange={(event) => set({ kind: event.target.value as AudienceKind })}
        />
        {draft.kind === 'department' && (
          <TextField
            label={say('department')}
            value={draft.department}
            maxLength={280}
            error={at('audience')}
            onChange={(event) => set({ department: event.target.value })}
          />
        )}
        <Select
          label={say('model')}
          value={draft.model}
          error={at('model')}
          options={[
            ['', say('anyModel')],
            ...[...new Set([...models.map(({ id }) => id), ...(draft.model ? [draft.model] : [])])].map((id): [string, string] => [id, id]),
          ]}
          onChange={(event) => set({ model: event.target.value })}
        />
        {collections.length > 0 && (
          <Checks
            legend={say('collections')}
            hint={say('collectionsHint')}
            error={at('collectionIds')}
            options={collections.map(({ id, name }) => ({ value: id, text: name }))}
            chosen={draft.collectionIds}
            onChange={(collectionIds) => set({ collectionIds })}
          />
        )}
        <TextField
          label={say('temperature')}
          isOptional
          hint={say('temperatureHint')}
          inputMode="decimal"
          value={draft.temperature}
          error={at('temperature')}
          onChange={(event) => set({ temperature: event.target.value })}
        />
        <TextField
          label={say('maxTokens')}
          isOptional
          hint={say('maxTokensHint')}
          inputMode="numeric"
          value={draft.maxTokens}
          error={at('maxTokens')}
          onChange={(event) => set({ maxTokens: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
