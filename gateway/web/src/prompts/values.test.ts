import { expect, test } from 'vitest';
import type { TemplateVariable } from '../api/types';
import { valuesOf } from './values';

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
