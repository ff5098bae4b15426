import { expect, test } from 'vitest';
import { query } from './location.svelte';
import { parseInstant, rfc3339 } from './moment.svelte';
import { screenAt } from './routes';

test.each([
  ['2026-02-27T03:45:00Z', '2026-02-27T03:45:00Z'],
  ['2026-02-27T04:45:00+01:00', '2026-02-27T03:45:00Z'],
  ['2026-02-27 03:45', '2026-02-27T03:45:00Z'],
  [' 2026-02-27 3:45:10 UTC ', '2026-02-27T03:45:10Z'],
  ['2026-02-27', '2026-02-27T00:00:00Z'],
  ['2026-02-27T03:45:00.250123Z', '2026-02-27T03:45:00.250Z'],
])('%s is the instant %s', (text, instant) => {
  expect(rfc3339(parseInstant(text)!)).toBe(instant);
});

test.each(['', 'yesterday', '2026-13-01', '03:45', '2026-02-27T25:00:00Z'])('"%s" is no instant', (text) => {
  expect(parseInstant(text)).toBeNull();
});

test('a query leaves out what is not given and stays legible', () => {
  expect(query({})).toBe('');
  expect(query({ filter: 'identity.zone==a', at: null, q: '' })).toBe('?filter=identity.zone==a');
  expect(query({ at: '2026-02-27T03:45:00Z', name: 'a b&c+d#' })).toBe('?at=2026-02-27T03:45:00Z&name=a%20b%26c%2Bd%23');
});

test('a path leads to its screen, with the id it names', () => {
  expect(screenAt('/')?.screen.name).toBe('overview');
  expect(screenAt('/nodes')).toMatchObject({ screen: { name: 'nodes' } });
  expect(screenAt('/nodes/a%2Fb')).toMatchObject({ screen: { name: 'nodes' }, id: 'a/b' });
  expect(screenAt('/domains/eu')).toMatchObject({ screen: { name: 'domains' }, id: 'eu' });
  expect(screenAt('/fleet/x')).toBeNull();
  expect(screenAt('/nodes/a/b')).toBeNull();
  expect(screenAt('/nowhere')).toBeNull();
});
