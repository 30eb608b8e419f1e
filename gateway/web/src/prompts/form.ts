import type { TemplateVariable } from '../api/types';
import type { PromptText } from './texts';
import type { Prompt } from './types';
import { lines } from './values';

/** A prompt while somebody edits it: every field as it is typed. */
export interface Form {
  title: string;
  titleEn: string;
  name: string;
  description: string;
  descriptionEn: string;
  category: string;
  tags: string;
  function: string;
  scope: string;
  body: string;
  variables: (Omit<TemplateVariable, 'choices'> & { choices: string })[];
}

export const emptyForm: Form = {
  title: '',
  titleEn: '',
  name: '',
  description: '',
  descriptionEn: '',
  category: '',
  tags: '',
  function: 'chat',
  scope: 'private',
  body: '',
  variables: [],
};

export const formOf = (prompt: Prompt): Form => ({
  ...prompt,
  tags: prompt.tags.join(', '),
  variables: prompt.variables.map((variable) => ({ ...variable, choices: (variable.choices ?? []).join('\n') })),
});

const tagsOf = (form: Form) => form.tags.split(',').map((tag) => tag.trim()).filter(Boolean); // prettier-ignore

export const variablesOf = (form: Form): TemplateVariable[] =>
  form.variables.map(({ choices, ...variable }) => ({ ...variable, ...(variable.type === 'choice' ? { choices: lines(choices) } : {}) }));

/** What the service is sent: all of a version. What the form does not show stays as it was. */
export const inputOf = (form: Form, before: Prompt | undefined) => ({
  name: form.name,
  title: form.title.trim(),
  titleEn: form.titleEn.trim(),
  description: form.description.trim(),
  descriptionEn: form.descriptionEn.trim(),
  language: before?.language ?? 'de',
  category: form.category.trim(),
  tags: tagsOf(form),
  function: form.function,
  modelHints: before?.modelHints,
  body: form.body,
  variables: variablesOf(form).map(({ name, type, label, labelEn, required, choices }) => ({
    name,
    type,
    label: label.trim() || name,
    labelEn: labelEn?.trim() || undefined,
    required,
    choices,
  })),
  examples: before?.examples,
  scope: form.scope,
});

/** The short name that a title suggests: "Absage an Bewerber/innen" → "absage-an-bewerber-innen". */
export const slug = (title: string) =>
  title
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');

/** What is wrong, by the field's name as the service says it; the same checks as services/Prompts/Templates. */
export function check(form: Form): Record<string, PromptText> {
  const wrong: Record<string, PromptText> = {};
  if (!/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(form.name)) wrong['name'] = 'nameWrong';
  if (!form.title.trim() || form.title.length > 120) wrong['title'] = 'titleWrong';
  if (!form.body.trim() || form.body.length > 20_000) wrong['body'] = 'bodyWrong';
  const tags = tagsOf(form);
  if (tags.length > 20 || tags.some((tag) => tag.length > 40)) wrong['tags'] = 'tagsWrong';
  form.variables.forEach(({ name, type, choices }, index) => {
    if (!/^[a-z][a-z0-9_]{0,39}$/.test(name)) wrong[`variables[${index}].name`] = 'variableNameWrong';
    else if (form.variables.findIndex((other) => other.name === name) !== index) wrong[`variables[${index}].name`] = 'variableNameTwice';
    const all = lines(choices);
    if (type === 'choice' && (all.length === 0 || all.length > 50 || all.some((choice) => choice.length > 200)))
      wrong[`variables[${index}].choices`] = 'choicesWrong';
  });
  return wrong;
}
