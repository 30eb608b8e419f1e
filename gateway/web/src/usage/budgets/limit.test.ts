import { expect, test } from 'vitest';
import { readLimit, writeLimit } from './limit';

test('euros are read as Germans write them, to the cent', () => {
  expect(readLimit('1.250,50', 'money')).toBe(125050);
  expect(readLimit('1250.5', 'money')).toBe(125050);
  expect(readLimit('0,29', 'money')).toBe(29);
  expect(readLimit('12,345', 'money')).toBeNull();
  expect(readLimit('-5', 'money')).toBeNull();
  expect(readLimit('', 'money')).toBeNull();
});

test('tokens are whole', () => {
  expect(readLimit('1.000.000', 'tokens')).toBe(1_000_000);
  expect(readLimit(' 250 000 ', 'tokens')).toBe(250_000);
  expect(readLimit('1,5', 'tokens')).toBeNull();
});

test('what is written is read as the same again', () => {
  for (const cents of [0, 5, 100, 123456]) expect(readLimit(writeLimit(cents, 'money'), 'money')).toBe(cents);
});
