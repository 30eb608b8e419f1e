import { Liquid } from 'liquidjs';
import type { TemplateVariable } from '../api/types';
import type { PromptText } from './texts';
import { valuesOf } from './values';

// The part of Liquid that the prompts service allows (services/Prompts/Rendering); it has the last word when a version is saved.
const TAGS = ['if', 'unless', 'case', 'for', 'break', 'continue', 'assign', 'comment', 'raw'];

const liquid = new Liquid({ strictFilters: true, ownPropertyOnly: true, parseLimit: 20_000, renderLimit: 200, memoryLimit: 1_000_000 });
for (const tag of Object.keys(liquid.tags)) if (!TAGS.includes(tag)) Reflect.deleteProperty(liquid.tags, tag);
for (const filter of Object.keys(liquid.filters)) Reflect.deleteProperty(liquid.filters, filter);
liquid.registerFilter('upcase', (value: unknown) => String(value ?? '').toLocaleUpperCase('de'));
liquid.registerFilter('downcase', (value: unknown) => String(value ?? '').toLocaleLowerCase('de'));
liquid.registerFilter('strip', (value: unknown) => String(value ?? '').trim());
liquid.registerFilter('default', (value: unknown, other: unknown) => (value === undefined || value === '' ? other : value));
liquid.registerFilter('datum', (value: unknown) => longDate(String(value ?? '')));

/** "2026-03-01" becomes "1. März 2026" (DIN 5008); what is no date stays. */
function longDate(text: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))
    ? new Date(`${text}T12:00:00`).toLocaleDateString('de', { dateStyle: 'long' })
    : text;
}

export interface Preview {
  text: string;

  /** What keeps it from being a template, and the word it is about. */
  error?: { kind: 'filter' | 'tag' | 'open' | 'other'; about: string };

  /** Names that the body uses and nobody declared. */
  undeclared: string[];
}

/** The body with what was typed; a value that has to be there and is not yet stands as its label. */
export function preview(
  body: string,
  variables: TemplateVariable[],
  typed: Record<string, string>,
  placeholder: (label: string) => string,
): Preview {
  const given = valuesOf(variables, typed);
  const values = Object.fromEntries(
    variables.map(({ name, type, label, required }) => {
      const value = given[name] ?? (required ? placeholder(label || name) : undefined);
      if (type === 'list') return [name, typeof value === 'string' ? [value] : value];
      return [name, value && typeof value === 'object' && 'id' in value ? ((value as { title?: string }).title ?? value.id) : value];
    }),
  );
  try {
    const template = liquid.parse(body);
    const declared = new Set(variables.map(({ name }) => name));
    const undeclared = [...new Set(liquid.globalVariablesSync(template))].filter((name) => !declared.has(name) && name !== 'forloop');
    return { text: String(liquid.renderSync(template, values)), undeclared };
  } catch (error) {
    return { text: '', error: fault(error instanceof Error ? error.message : String(error)), undeclared: [] };
  }
}

/** LiquidJS says it in English and with its own line count. */
function fault(message: string): Preview['error'] {
  const [line = ''] = message.split('\n', 1);
  const filter = /undefined filter: (\S+?),/.exec(line)?.[1];
  if (filter) return { kind: 'filter', about: filter };
  const tag = /tag "(.+?)" not found/.exec(line)?.[1];
  if (tag) return { kind: 'tag', about: tag };
  const open = /(?:output|tag) "?(.+?)"? not closed/.exec(line)?.[1];
  return open ? { kind: 'open', about: open } : { kind: 'other', about: line };
}

export const faultTexts = { filter: 'faultFilter', tag: 'faultTag', open: 'faultOpen', other: 'faultOther' } as const satisfies Record<
  string,
  PromptText
>;
