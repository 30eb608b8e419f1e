import type { TemplateVariable } from '../api/types';

/** A document or collection as a field's value: its id and, behind a space, the title that stands in the text for it. */
export const sourceValue = (id: string, title: string) => (id ? `${id} ${title}` : '');
export const sourceId = (value: string) => value.split(' ', 1)[0] ?? '';
const sourceTitle = (value: string) => value.slice(sourceId(value).length + 1);

/** What was typed into a form's fields as the values that a template takes; empty fields are left out. */
export function valuesOf(variables: TemplateVariable[], typed: Record<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type } of variables) {
    const text = (typed[name] ?? '').trim();
    if (type === 'boolean') values[name] = text === 'true';
    else if (text && type === 'number') values[name] = Number(text);
    else if (text && type === 'list') values[name] = lines(text);
    else if (text && (type === 'document' || type === 'collection'))
      values[name] = { id: sourceId(text), title: sourceTitle(text) || undefined };
    else if (text) values[name] = text;
  }
  return values;
}

export const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
