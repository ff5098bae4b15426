import { expect, test } from 'vitest';
import { ABSENT, authority, connectivity, debt, drift, isEvaluated, trust } from './bits';
import { bitsOf } from './fleets';
import { after } from './told';

test('a change alters what it tells of, and nothing else', () => {
  const before = bitsOf({ drift: 2, trust: 1, authority: 3 });
  const now = after(before, { connectivity: { state: 'autonomous', sync_debt_seconds: 4_000 } });
  expect([connectivity(now), debt(now), drift(now), trust(now), authority(now)]).toEqual([3, 5, 2, 1, 3]);
  expect(after(now, { connectivity: { state: 'live', sync_debt_seconds: 0 } })).toBe(before);
});

test('drift, trust and authority are told by their words', () => {
  const now = after(bitsOf({}), {
    drift: { status: 'unknown', severity: 'critical' },
    trust: { integrity_state: 'stale' },
    authority: { level: 'autonomous', conflict: false },
  });
  expect([drift(now), isEvaluated(now), trust(now), authority(now)]).toEqual([3, false, 1, 4]);
  expect(authority(after(now, { authority: { level: 'global', conflict: true } }))).toBe(5);
  expect(authority(after(now, { authority: null }))).toBe(0);
  expect(isEvaluated(after(now, { drift: { status: 'in_sync', severity: 'none' } }))).toBe(true);
});

test('who is decommissioned is not there; who comes is unknown but for what is told', () => {
  expect(after(bitsOf({}), { lifecycle: { phase: 'decommissioned' } })).toBe(ABSENT);
  const come = after(ABSENT, { trust: { integrity_state: 'verified' } });
  expect([connectivity(come), debt(come), trust(come)]).toEqual([7, 15, 0]);
});
