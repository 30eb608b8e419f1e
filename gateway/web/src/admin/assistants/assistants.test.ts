import { expect, test } from 'vitest';
import { readAudience, writeAudience } from './audience';
import { optionalNumber } from './optionalNumber';

test('an audience is read as it is written', () => {
  for (const audience of ['private', 'tenant', 'department:bau:nord']) {
    const { kind, department } = readAudience(audience);
    expect(writeAudience(kind, department)).toBe(audience);
  }
});

test('a number may be left out, but not be wrong', () => {
  expect(optionalNumber('', 0, 2)).toBeNull();
  expect(optionalNumber('0,7', 0, 2)).toBe(0.7);
  expect(optionalNumber('2.1', 0, 2)).toBeUndefined();
  expect(optionalNumber('viel', 0, 2)).toBeUndefined();
});
