import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { announce } from '../../components/Announcer';
import { Dialog } from '../../components/Dialog';
import { TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useForm } from '../../components/useForm';
import { useOperationsTexts } from '../texts';

const modelsOf = (worker: string) => `/api/chat/workers/${encodeURIComponent(worker)}/models`;

/** Has a worker load a model; what comes of it is announced by the worker. */
export function LoadForm({ worker, onClose }: { worker: string; onClose: () => void }) {
  const say = useOperationsTexts();
  const queries = useQueryClient();
  const { submit, isBusy, at, problem } = useForm(['model']);
  const [model, setModel] = useState('');
  const load = async () => {
    const done = await submit({ model: !model.trim() && say('modelIdWrong') }, async () => {
      await sendJson('POST', modelsOf(worker), { model: model.trim() });
      await queries.invalidateQueries({ queryKey: ['workers'] });
    });
    if (!done) return;
    announce(say('ordered'));
    onClose();
  };
  return (
    <Dialog title={say('loadModel')} action={say('loadModel')} isBusy={isBusy} onClose={onClose} onAction={() => void load()}>
      <div className="form">
        <Problem error={problem} />
        <TextField
          label={say('modelId')}
          hint={say('modelIdHint')}
          value={model}
          maxLength={200}
          error={at('model')}
          onChange={(event) => setModel(event.target.value)}
        />
      </div>
    </Dialog>
  );
}

export function Unloading({ worker, model, onClose }: { worker: string; model: string; onClose: () => void }) {
  const say = useOperationsTexts();
  const queries = useQueryClient();
  const { submit, isBusy, problem } = useForm();
  const unload = async () => {
    const done = await submit({}, async () => {
      await sendJson('DELETE', `${modelsOf(worker)}/${encodeURIComponent(model)}`);
      await queries.invalidateQueries({ queryKey: ['workers'] });
    });
    if (!done) return;
    announce(say('ordered'));
    onClose();
  };
  return (
    <Dialog title={say('unloadTitle', model)} action={say('unload')} isBusy={isBusy} onClose={onClose} onAction={() => void unload()}>
      <p className="kern-body">{say('unloadText')}</p>
      <Problem error={problem} />
    </Dialog>
  );
}
