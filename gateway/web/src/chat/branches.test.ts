import { expect, test } from 'vitest';
import type { Message } from '../api/types';
import { branch, endBelow } from './branches';

const message = (id: string, parentId: string | null, role: 'user' | 'assistant'): Message => ({
  id,
  parentId,
  role,
  content: id,
  citations: [],
  doubts: [],
  createdAt: '2026-11-24T10:00:00Z',
});

const tree = [
  message('q1', null, 'user'),
  message('a1', 'q1', 'assistant'),
  message('a1b', 'q1', 'assistant'),
  message('q2', 'a1', 'user'),
  message('a2', 'q2', 'assistant'),
  message('q1b', null, 'user'),
];

test('a branch is the way to its end, each message with its versions', () => {
  const way = branch(tree, 'a2');
  expect(way.map(({ message }) => message.id)).toEqual(['q1', 'a1', 'q2', 'a2']);
  expect(way[1]?.siblings.map(({ id }) => id)).toEqual(['a1', 'a1b']);
  expect(way[0]?.siblings.map(({ id }) => id)).toEqual(['q1', 'q1b']);
});

test('without an end the newest counts', () => {
  expect(branch(tree, undefined).map(({ message }) => message.id)).toEqual(['q1b']);
  expect(branch([], undefined)).toEqual([]);
});

test('another version is opened where its branch ends', () => {
  expect(endBelow(tree, 'a1')).toBe('a2');
  expect(endBelow(tree, 'a1b')).toBe('a1b');
});
