import { Problem } from '../components/Problem';
import { useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { Markdown } from '../markdown/Markdown';
import { useHelpTexts } from './texts';
import { useTenantSettings } from './useTenant';

/** The tenant's own imprint, or what it says on privacy. */
export default function LegalPage({ part }: { part: 'imprint' | 'privacy' }) {
  const say = useTexts();
  const sayHere = useHelpTexts();
  const settings = useTenantSettings();
  const text = settings.data?.[part];
  return (
    <Main title={say(part)}>
      {settings.isPending && <p className="kern-body">{say('loading')}</p>}
      <Problem error={settings.error} retry={() => void settings.refetch()} />
      {text ? (
        <Markdown text={text} />
      ) : (
        settings.isSuccess && <p className="kern-body">{sayHere(part === 'imprint' ? 'noImprint' : 'noPrivacy')}</p>
      )}
    </Main>
  );
}
