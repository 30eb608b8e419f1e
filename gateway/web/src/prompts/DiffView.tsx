import { Table } from '../components/Table';
import { number, useTexts } from '../i18n';
import { hunks, readable } from './diff';
import { usePromptTexts, type PromptText } from './texts';
import type { Diff } from './types';

const fieldNames: Record<string, PromptText> = {
  title: 'fieldTitle',
  titleEn: 'fieldTitleEn',
  description: 'fieldDescription',
  descriptionEn: 'fieldDescriptionEn',
  function: 'function',
  tags: 'fieldTags',
  variables: 'variables',
};

/** What changed from one version to another: with signs and words, not with colour alone. */
export function DiffView({ diff }: { diff: Diff }) {
  const say = useTexts();
  const sayHere = usePromptTexts();
  const isBodyChanged = diff.body.some(({ kind }) => kind !== 'same');
  if (!isBodyChanged && diff.fields.length === 0) return <p className="kern-body">{sayHere('noChanges')}</p>;
  return (
    <>
      {isBodyChanged && (
        <>
          <h3 className="kern-title">{sayHere('bodyChanges')}</h3>
          <div className="diff" tabIndex={0} role="region" aria-label={sayHere('bodyChanges')}>
            {hunks(diff.body).map((hunk, index) =>
              'left' in hunk ? (
                <p key={index} className="diff__left">
                  {sayHere('unchangedLines', number(hunk.left))}
                </p>
              ) : (
                hunk.lines.map(({ kind, text }, line) => (
                  <p key={`${index}.${line}`} className={`diff__line diff__line--${kind}`}>
                    <span aria-hidden="true">{kind === 'added' ? '+' : kind === 'removed' ? '−' : ' '} </span>
                    {kind === 'added' ? (
                      <ins>
                        <span className="kern-sr-only">{sayHere('addedLine')}: </span>
                        {text}
                      </ins>
                    ) : kind === 'removed' ? (
                      <del>
                        <span className="kern-sr-only">{sayHere('removedLine')}: </span>
                        {text}
                      </del>
                    ) : (
                      text
                    )}
                  </p>
                ))
              ),
            )}
          </div>
        </>
      )}
      {diff.fields.length > 0 && (
        <Table label={sayHere('changes', diff.from, diff.to)} heads={[sayHere('fieldChanged'), sayHere('before'), sayHere('after')]}>
          {diff.fields.map(({ name, before, after }) => (
            <tr key={name} className="kern-table__row">
              <th className="kern-table__cell" scope="row">
                {fieldNames[name] ? sayHere(fieldNames[name]) : name === 'category' ? say('category') : name}
              </th>
              <td className="kern-table__cell diff__value">{readable(before)}</td>
              <td className="kern-table__cell diff__value">{readable(after)}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  );
}
