import { expect, test } from 'vitest';
import { readCentres, writeCentres } from './centres';

test('cost centres are read as they are written', () => {
  const centres = { bau: '4711', ordnung: '0815' };
  expect(readCentres(writeCentres(centres))).toEqual(centres);
  expect(readCentres('')).toEqual({});
});

test('each department has one cost centre', () => {
  for (const wrong of ['bau', 'bau;', '; 1', 'bau; 1; 2', 'bau; 1\nbau; 2', `bau; ${'1'.repeat(41)}`])
    expect([wrong, readCentres(wrong)]).toEqual([wrong, null]);
});
