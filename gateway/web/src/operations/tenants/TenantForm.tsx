import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sendJson } from '../../api/client';
import { Dialog } from '../../components/Dialog';
import { Select, TextField } from '../../components/Field';
import { Problem } from '../../components/Problem';
import { useCommonTexts } from '../../components/texts';
import { useForm } from '../../components/useForm';
import { useTexts } from '../../i18n';
import { useOperationsTexts, type OperationsText } from '../texts';
import { useTenants } from './TenantChoice';

export interface CreatedAdmin {
  user: { userName: string };
  initialPassword?: string | null;
}

const kinds = ['land', 'agency', 'municipality', 'department'] as const;
const fields = ['id', 'displayName', 'kind', 'parent', 'admin.userName', 'admin.name'];

/** A tenant with its first administrator, without whom nobody could add people to it. */
export function TenantForm({ onMade, onClose }: { onMade: (admin?: CreatedAdmin) => void; onClose: () => void }) {
  const say = useOperationsTexts();
  const words = useTexts();
  const common = useCommonTexts();
  const queries = useQueryClient();
  const tenants = useTenants().data?.items ?? [];
  const { submit, isBusy, at, problem } = useForm(fields);
  const [draft, setDraft] = useState({ id: '', displayName: '', kind: 'municipality', parent: '', adminMail: '', adminName: '' });
  const set = (change: Partial<typeof draft>) => setDraft({ ...draft, ...change });
  const isLand = draft.kind === 'land';

  const create = async () => {
    const found = {
      id: !/^(?=.{2,40}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(draft.id) && say('tenantIdWrong'),
      displayName: !draft.displayName.trim() && say('nameWrong'),
      parent: !isLand && !draft.parent && say('parentMissing'),
      'admin.userName': !/^[^\s@]+@[^\s@]+$/.test(draft.adminMail.trim()) && say('adminWrong'),
      'admin.name': !draft.adminName.trim() && say('nameWrong'),
    };
    const done = await submit(found, async () => {
      const made = await sendJson<{ admin?: CreatedAdmin }>('POST', '/api/identity/tenants', {
        id: draft.id,
        displayName: draft.displayName.trim(),
        kind: draft.kind,
        parent: isLand ? undefined : draft.parent,
        admin: { userName: draft.adminMail.trim(), name: draft.adminName.trim() },
      });
      onMade(made.admin);
      await queries.invalidateQueries({ queryKey: ['tenants'] });
    });
    if (done) onClose();
  };

  return (
    <Dialog title={say('newTenant')} action={words('create')} isBusy={isBusy} onClose={onClose} onAction={() => void create()}>
      <div className="form">
        <Problem error={problem} />
        <TextField
          label={say('displayName')}
          value={draft.displayName}
          maxLength={200}
          error={at('displayName')}
          onChange={(event) => set({ displayName: event.target.value })}
        />
        <TextField
          label={say('tenantId')}
          hint={say('tenantIdHint')}
          value={draft.id}
          maxLength={40}
          error={at('id')}
          onChange={(event) => set({ id: event.target.value })}
        />
        <Select
          label={say('kind')}
          value={draft.kind}
          error={at('kind')}
          options={kinds.map((kind) => [kind, say(`kind_${kind}` as OperationsText)])}
          onChange={(event) => set({ kind: event.target.value })}
        />
        {!isLand && (
          <Select
            label={say('parent')}
            value={draft.parent}
            error={at('parent')}
            options={[
              ['', common('chooseOne')],
              ...tenants.filter(({ kind }) => kind !== 'operator').map(({ id, displayName }): [string, string] => [id, displayName]),
            ]}
            onChange={(event) => set({ parent: event.target.value })}
          />
        )}
        <TextField
          label={say('adminName')}
          value={draft.adminName}
          maxLength={200}
          error={at('admin.name')}
          onChange={(event) => set({ adminName: event.target.value })}
        />
        <TextField
          label={say('adminMail')}
          inputMode="email"
          value={draft.adminMail}
          maxLength={254}
          error={at('admin.userName')}
          onChange={(event) => set({ adminMail: event.target.value })}
        />
      </div>
    </Dialog>
  );
}
