import type { TemplateVariable } from '../api/types';

/** What was typed into a form's fields as the values that a template takes; empty fields are left out. */
export function valuesOf(variables: TemplateVariable[], typed: Record<string, string>): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { name, type } of variables) {
    const text = (typed[name] ?? '').trim();
    if (type === 'boolean') values[name] = text === 'true';
    else if (text && type === 'number') values[name] = Number(text);
    else if (text && type === 'list')
      values[name] = text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    else if (text) values[name] = text;
  }
  return values;
}
