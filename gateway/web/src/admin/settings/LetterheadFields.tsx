import { TextArea, TextField } from '../../components/Field';
import { useAdminTexts } from '../texts';
import type { Draft } from './draft';
import { LogoField } from './LogoField';

export function LetterheadFields({
  draft,
  set,
  at,
}: {
  draft: Draft;
  set: (change: Partial<Draft>) => void;
  at: (field: string) => string | undefined;
}) {
  const say = useAdminTexts();
  return (
    <>
      <h2 className="kern-heading-medium">{say('letterhead')}</h2>
      <p className="kern-body">{say('letterheadText')}</p>
      <TextField
        label={say('letterheadName')}
        isOptional
        value={draft.name}
        maxLength={200}
        error={at('name')}
        onChange={(event) => set({ name: event.target.value })}
      />
      <TextArea
        label={say('letterheadLines')}
        isOptional
        hint={say('eightLines')}
        rows={3}
        value={draft.lines}
        error={at('lines')}
        onChange={(event) => set({ lines: event.target.value })}
      />
      <TextField
        label={say('letterheadReturn')}
        isOptional
        value={draft.returnAddress}
        maxLength={200}
        error={at('returnAddress')}
        onChange={(event) => set({ returnAddress: event.target.value })}
      />
      <TextArea
        label={say('letterheadFooter')}
        isOptional
        hint={say('eightLines')}
        rows={3}
        value={draft.footerLines}
        error={at('footerLines')}
        onChange={(event) => set({ footerLines: event.target.value })}
      />
      <LogoField logo={draft.logo} refused={at('logo')} onChange={(logo) => set({ logo })} />
    </>
  );
}
