import { expect, test } from 'vitest';
import { check, emptyForm, inputOf, slug } from './form';

const good = { ...emptyForm, name: 'absage', title: 'Absage', body: 'Schreibe eine Absage.' };

test('a title suggests a short name', () => {
  expect(slug('Absage an Bewerber/innen (höflich)')).toBe('absage-an-bewerber-innen-hoeflich');
  expect(slug('--- § ---')).toBe('');
  expect(check({ ...good, name: slug('x'.repeat(59) + ' yz') })).toEqual({});
});

test('what the service would refuse is said before', () => {
  expect(check(good)).toEqual({});
  expect(Object.keys(check(emptyForm))).toEqual(['name', 'title', 'body']);
  const named = (name: string, type: 'text' | 'choice' = 'text', choices = '') => ({ name, type, label: '', required: false, choices });
  expect(check({ ...good, variables: [named('a'), named('a'), named('Ä'), named('b', 'choice')] })).toEqual({
    'variables[1].name': 'variableNameTwice',
    'variables[2].name': 'variableNameWrong',
    'variables[3].choices': 'choicesWrong',
  });
});

test('choices belong to choices only, and what the form does not show stays', () => {
  const variables = [
    { name: 'art', type: 'choice' as const, label: '', required: true, choices: 'Brief\n\nMail ' },
    { name: 'wer', type: 'text' as const, label: 'Wer', required: false, choices: 'Rest von vorher' },
  ];
  const before = { language: 'de', modelHints: { temperature: 0.2 }, examples: [{ name: 'Beispiel' }] };
  const input = inputOf({ ...good, tags: 'Brief, , Absage', variables }, before as never);
  expect(input.variables).toEqual([
    { name: 'art', type: 'choice', label: 'art', labelEn: undefined, required: true, choices: ['Brief', 'Mail'] },
    { name: 'wer', type: 'text', label: 'Wer', labelEn: undefined, required: false, choices: undefined },
  ]);
  expect(input).toMatchObject({ tags: ['Brief', 'Absage'], modelHints: { temperature: 0.2 }, examples: [{ name: 'Beispiel' }] });
});
