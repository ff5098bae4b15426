import { describe, expect, test } from 'vitest';
import { lookOf, placed, ticks, wordsOf, type Stretch } from './lanes';

const HOUR = 3_600_000;
const BEGAN = Date.UTC(2026, 1, 27, 3);

function stretch(fromHours: number, toHours: number | null, state = 'live'): Stretch {
  const instant = (hours: number) => new Date(BEGAN + hours * HOUR).toISOString();
  return { from: instant(fromHours), to: toHours === null ? null : instant(toHours), state, event_id: null };
}

describe('a stretch of a lane', () => {
  test('lies where its time lies in the window, cut at both ends', () => {
    const all = placed([stretch(-2, 1), stretch(1, 3), stretch(3, null)], BEGAN, BEGAN + 4 * HOUR);
    expect(all.map(({ left, width }) => [left, width])).toEqual([
      [0, 25],
      [25, 50],
      [75, 25],
    ]);
  });

  test('is left out where it ended before the window, or begins after it', () => {
    expect(placed([stretch(-2, -1), stretch(5, 6)], BEGAN, BEGAN + 4 * HOUR)).toEqual([]);
  });

  test('is thin while all is well, and heavier the worse it is', () => {
    const weights = ['none', 'medium', 'critical'].map((severity) => lookOf('drift', { state: 'drifted', severity }).weight);
    expect(weights).toEqual([1, 2, 3]);
    expect(lookOf('connectivity', { state: 'live' }).weight).toBe(1);
    expect(lookOf('connectivity', { state: 'disconnected' })).toEqual({ weight: 3, tone: 'disconnected', pattern: 'solid' });
    expect(lookOf('trust', { state: 'failed' }).tone).toBe('bad');
    expect(lookOf('updates', { state: 'overdue' }).tone).toBe('bad');
  });

  test('says its state, and how bad it is or where it leads', () => {
    expect(wordsOf({ ...stretch(0, 1, 'in_sync') })).toBe('in sync');
    expect(wordsOf({ ...stretch(0, 1, 'drifted'), severity: 'high' })).toBe('drifted, high');
    expect(wordsOf({ ...stretch(0, 1, 'in_progress'), target_version: '1.1.0' })).toBe('in progress, 1.1.0');
  });
});

test('the axis has at most eight ticks and a bit, at round instants, with the day at midnight', () => {
  for (const hours of [1, 6, 24, 168, 3_000, 30_000]) {
    const all = ticks(BEGAN, BEGAN + hours * HOUR);
    expect(all.length, String(hours)).toBeGreaterThan(1);
    expect(all.length, String(hours)).toBeLessThanOrEqual(9);
    expect(all.every(({ left }) => left >= 0 && left <= 100)).toBe(true);
  }
  expect(ticks(BEGAN, BEGAN + 24 * HOUR).map(({ text }) => text)).toContain('02-28');
});
