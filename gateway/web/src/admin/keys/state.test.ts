import { expect, test } from 'vitest';
import { areLines, toLines } from '../lines';
import { stateOf } from './state';

const now = new Date('2026-11-29T12:00:00Z');

test('a key ends when it is revoked or its time is over', () => {
  expect(stateOf({ expiresAt: '2026-11-29T12:00:01Z' }, now)).toBe('keyLive');
  expect(stateOf({ expiresAt: '2026-11-29T12:00:00Z' }, now)).toBe('keyExpired');
  expect(stateOf({ expiresAt: '2027-01-01T00:00:00Z', revokedAt: '2026-01-01T00:00:00Z' }, now)).toBe('keyRevoked');
});

test('lines are counted without the empty ones', () => {
  expect(toLines(' bau \n\nordnung')).toEqual(['bau', 'ordnung']);
  expect(areLines('a\n\nb', 2, 1)).toBe(true);
  expect(areLines('a\nb\nc', 2, 1)).toBe(false);
  expect(areLines('ab', 2, 1)).toBe(false);
});
