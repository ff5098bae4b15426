import { expect, test } from 'vitest';
import { horizon, WEEKS } from './horizon';

const WEEK = 7 * 86_400;

test('a certificate counts in the week it ends in', () => {
  const ends = [-5, 0, 10, WEEK - 1, WEEK, 2 * WEEK + 1, WEEKS * WEEK].map((seconds) => ({
    remaining_seconds: Math.max(0, seconds),
    expired: seconds < 0,
  }));
  const steps = horizon(ends);
  expect(steps).toHaveLength(WEEKS + 1);
  expect(steps.slice(0, 5).map(({ count }) => count)).toEqual([1, 3, 1, 1, 0]);
  expect(steps[2]).toEqual({ week: 1, from: WEEK, to: 2 * WEEK, count: 1 });
  expect(steps.reduce((sum, { count }) => sum + count, 0)).toBe(6);
});
