import { expect, test } from 'vitest';
import { homeFor, mayOpen, placesFor } from './places';

test('everybody lands where they may be', () => {
  expect(homeFor(['user'])).toBe('/chat');
  expect(homeFor(['auditor'])).toBe('/usage');
  expect(homeFor(['operator'])).toBe('/operations');
  expect(homeFor([])).toBe('/profile');
});

test('a place is open to its roles alone', () => {
  expect(mayOpen('/chat/1', ['operator'])).toBe(false);
  expect(mayOpen('/operations/workers', ['tenant-admin'])).toBe(false);
  expect(mayOpen('/operations/workers', ['tenant-admin', 'operator'])).toBe(true);
  expect(mayOpen('/help', [])).toBe(true);
  expect(mayOpen('/chatter', [])).toBe(true);
});

test('the navigation names no place that would be refused', () => {
  expect(placesFor(['operator']).map(({ path }) => path)).toEqual(['/library', '/admin', '/operations']);
  expect(placesFor(['user']).map(({ path }) => path)).not.toContain('/admin');
});
