import { expect, test } from 'vitest';
import type { TemplateVariable } from '../api/types';
import { preview } from './preview';

const variable = (name: string, type: TemplateVariable['type'], required = false): TemplateVariable => ({
  name,
  type,
  label: name,
  required,
});
const show = (body: string, variables: TemplateVariable[], typed: Record<string, string> = {}) =>
  preview(body, variables, typed, (label) => `[${label}]`);

test('a body is filled in as the service does it', () => {
  const variables = [variable('anliegen', 'text', true), variable('grund', 'text'), variable('am', 'date'), variable('punkte', 'list')];
  const body =
    '{{ anliegen | upcase }}{% if grund %} wegen {{ grund }}{% endif %} am {{ am | datum }}:{% for p in punkte %} {{ p }};{% endfor %}';
  expect(show(body, variables, { anliegen: 'Straße', am: '2026-03-01', punkte: 'a\nb' }).text).toBe('STRASSE am 1. März 2026: a; b;');
  expect(show(body, variables).text).toContain('[ANLIEGEN]');
});

test('values are text, never template', () => {
  expect(show('{{ x }}', [variable('x', 'text')], { x: '{{ y }}{% raw %}' }).text).toBe('{{ y }}{% raw %}');
});

test('a document stands as its title', () => {
  expect(show('{{ d }}', [variable('d', 'document')], { d: '01920000-0000-7000-8000-000000000017 Satzung 2026' }).text).toBe(
    'Satzung 2026',
  );
});

test('what the body uses and nobody declared is named', () => {
  expect(
    show('{{ a }} {{ b }}{% for c in a %}{{ c }}{{ forloop.index }}{% endfor %}{% assign e = b %}{{ e }}', [variable('a', 'list')])
      .undeclared,
  ).toEqual(['b']);
});

test.each([
  ['{{ a', 'open', '{{ a'],
  ['{% if a %}', 'open', '{% if a %}'],
  ['{{ a | append: "x" }}', 'filter', 'append'],
  ['{% include "x" %}', 'tag', 'include'],
  ['{% capture x %}{% endcapture %}', 'tag', 'capture'],
])('no template: %s', (body, kind, about) => {
  expect(show(body, [variable('a', 'text')]).error).toEqual({ kind, about });
});
