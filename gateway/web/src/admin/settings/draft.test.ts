import { expect, test } from 'vitest';
import { isRight, toDraft, toSettings } from './draft';

const full = {
  policyText: 'Sie-Form',
  retentionDays: 90,
  imprint: '# Impressum',
  privacy: '',
  letterhead: { name: 'Amt', lines: ['Weg 1'], returnAddress: 'Amt, Weg 1', footerLines: ['a', 'b'], logo: 'iVBORw0' },
};

test('settings that nobody changes are sent as they were read', () => {
  expect(toSettings(toDraft(full))).toEqual(full);
  const empty = { policyText: '', retentionDays: null, imprint: '', privacy: '', letterhead: null };
  expect(toSettings(toDraft({}))).toEqual(empty);
});

test('what the platform would refuse is found before', () => {
  const wrongs = {
    policyText: 'x'.repeat(4001),
    retentionDays: '0',
    imprint: 'ü'.repeat(10_241),
    lines: 'a\n'.repeat(9),
    returnAddress: 'x'.repeat(201),
    footerLines: 'x'.repeat(201),
  };
  for (const [field, wrong] of Object.entries(wrongs)) {
    const found = isRight({ ...toDraft(full), [field]: wrong });
    expect(Object.entries(found).filter(([, right]) => !right)).toEqual([[field, false]]);
  }
});

test('a letterhead needs its name, and no name no letterhead', () => {
  expect(isRight({ ...toDraft(full), name: ' ' }).name).toBe(false);
  expect(isRight(toDraft({})).name).toBe(true);
  expect(isRight({ ...toDraft({}), retentionDays: '1,5' }).retentionDays).toBe(false);
});
