import { expect, test } from 'vitest';
import { arrowed, change, clock, counted, duration, elapsed, instant, percent, quoted } from './format';

test.each([
  [0, '0s'],
  [45, '45s'],
  [61, '1m 1s'],
  [60, '1m'],
  [725, '12m'],
  [23_656, '6h 34m'],
  [3_600, '1h'],
  [273_600, '3d 4h'],
  [86_400 * 12, '12d'],
  [null, '–'],
])('%s seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test('a share is never rounded to nothing or to all', () => {
  expect(percent(1, 100_000)).toBe('<1 %');
  expect(percent(99_999, 100_000)).toBe('>99 %');
  expect(percent(0, 10)).toBe('0 %');
  expect(percent(10, 10)).toBe('100 %');
  expect(percent(0, 0)).toBe('–');
});

test('a change says which way', () => {
  expect([change(3), change(-1_200), change(0)]).toEqual(['+3', '−1,200', '±0']);
});

test('instants are in UTC', () => {
  expect(instant('2026-02-27T04:45:00+01:00')).toBe('2026-02-27 03:45:00');
  expect(clock('2026-02-27T03:45:01.5Z')).toBe('03:45:01');
  expect(elapsed('2026-02-27T03:45:00Z', Date.parse('2026-02-27T04:00:00Z'))).toBe('15m');
});

test('one is one and more are many', () => {
  expect([counted(1, 'node'), counted(1_200, 'node'), counted(0, 'entry', 'entries')]).toEqual([
    '1 node',
    '1,200 nodes',
    '0 entries',
  ]);
});

test('a value stands in quotes where a filter needs it', () => {
  expect(quoted('core-zone-a4')).toBe('core-zone-a4');
  expect(quoted('a b')).toBe('"a b"');
  expect(quoted('a"b')).toBe('"a\\"b"');
});

test('an arrow stays with what it leads to', () => {
  expect(arrowed('a-1.4 -> a-1.5: 3 nodes')).toBe('a-1.4 →\u00a0a-1.5: 3 nodes');
});
