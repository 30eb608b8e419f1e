import { expect, test } from 'vitest';
import { sharesOf } from './shares';

const share = (department: string, costCentre: string, net: number) => ({ department, costCentre, net });

test('shares of all lines add up by department, the nameless last', () => {
  const lines = [
    { shares: [share('', '', 5), share('b', '100', 10)] },
    { shares: [share('b', '100', 1), share('a', '', 2), share('', '', -5)] },
  ];
  expect(sharesOf(lines)).toEqual([share('a', '', 2), share('b', '100', 11), share('', '', 0)]);
});

test('one department under two cost centres stays two', () => {
  expect(sharesOf([{ shares: [share('a', '1', 3), share('a', '2', 4)] }])).toHaveLength(2);
});
