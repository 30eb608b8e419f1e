import { expect, test } from 'vitest';
import type { TemplateVariable } from '../api/types';
import { sourceId, sourceValue, valuesOf } from './values';

const variable = (name: string, type: TemplateVariable['type']): TemplateVariable => ({ name, type, label: name, required: false });

test('fields become values of their type, empty ones none', () => {
  const variables = [
    variable('zahl', 'number'),
    variable('punkte', 'list'),
    variable('ja', 'boolean'),
    variable('leer', 'text'),
    variable('text', 'text'),
  ];
  expect(valuesOf(variables, { zahl: '1.5', punkte: ' a \n\nb', ja: 'true', leer: '  ', text: ' Hallo ' })).toEqual({
    zahl: 1.5,
    punkte: ['a', 'b'],
    ja: true,
    text: 'Hallo',
  });
  expect(valuesOf(variables, {})).toEqual({ ja: false });
});

test('a document goes with the title that stands in the text for it', () => {
  const chosen = sourceValue('01920000-0000-7000-8000-000000000017', 'Dienstanweisung Homeoffice');
  expect(sourceId(chosen)).toBe('01920000-0000-7000-8000-000000000017');
  expect(valuesOf([variable('quelle', 'document')], { quelle: chosen })).toEqual({
    quelle: { id: '01920000-0000-7000-8000-000000000017', title: 'Dienstanweisung Homeoffice' },
  });
});
