import { expect, test } from 'vitest';
import { horizon } from './horizon';

test('a certificate counts in the first step it ends in', () => {
  const ends = [-5, 10, 86_400, 86_401, 40 * 86_400, 400 * 86_400].map((seconds) => ({ remaining_seconds: Math.max(0, seconds), expired: seconds < 0 }));
  expect(horizon(ends).map(({ name, count }) => [name, count])).toEqual([
    ['ended', 1],
    ['1 day', 2],
    ['7 days', 1],
    ['30 days', 0],
    ['90 days', 1],
  ]);
});
