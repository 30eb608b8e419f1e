import { Button } from '../components/Button';
import { language, useTexts } from '../i18n';
import { Main } from '../layout/Main';
import { Markdown } from '../markdown/Markdown';
import { useHelpTexts } from './texts';
import { topics } from './topics';
import { showTour } from './tourState';

/** What each part is for, what the marks mean, and how it goes without a mouse. */
export default function HelpPage() {
  const say = useTexts();
  const sayHere = useHelpTexts();
  const all = topics(language());
  return (
    <Main title={say('help')} lead={sayHere('lead')}>
      <p>
        <Button label={sayHere('tourAgain')} onClick={showTour} />
      </p>
      <nav aria-label={sayHere('contents')}>
        <ul>
          {all.map(({ id, title }) => (
            <li key={id}>
              <a className="kern-link" href={`#${id}`}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {all.map(({ id, title, text }) => (
        <section key={id} aria-labelledby={id}>
          <h2 className="kern-heading-medium" id={id} tabIndex={-1}>
            {title}
          </h2>
          <Markdown text={text} />
        </section>
      ))}
    </Main>
  );
}
