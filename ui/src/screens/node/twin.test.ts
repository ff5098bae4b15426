import { expect, test } from 'vitest';
import { reads, valuesOf } from './facts';
import { keysOf, leaves, pathOf, pointer, seenAt, tabOf, valueAt } from './twin';

test('a dotted path of a finding leads to the value it names, dots inside of keys too', () => {
  expect(keysOf('log.level')).toEqual(['log', 'level']);
  expect(keysOf('dns.hosts.a\\.b\\.org.ttl')).toEqual(['dns', 'hosts', 'a.b.org', 'ttl']);
  expect(keysOf('a\\\\b')).toEqual(['a\\b']);
  expect(valueAt({ dns: { 'a.b': 60 } }, keysOf('dns.a\\.b'))).toBe(60);
  expect(valueAt({ dns: null }, ['dns', 'a'])).toBeUndefined();
});

test.each([
  ['config', 'sip.timers.t1_ms', '/state/actual/sip/timers/t1_ms'],
  ['config', 'dns.hosts.ims\\.org.ttl', '/state/actual/dns/hosts/ims.org/ttl'],
  ['config', 'a\\\\b.c/d~e', '/state/actual/a\\b/c~1d~0e'],
  ['version', 'software_version', '/lifecycle/software/actual_version'],
  ['policy', 'policy_version', '/policy/actual_policy'],
])('a finding of %s at %s stands at %s', (dimension, path, expected) => {
  expect(pathOf({ dimension, path, kind: 'changed' }, 'actual')).toBe(expected);
});

test('violations stand where they are counted, and are not desired', () => {
  const violation = { dimension: 'policy', path: 'violations.2', kind: 'violation' };
  expect(pathOf(violation, 'actual')).toBe('/policy/violations');
  expect(pathOf(violation, 'desired')).toBeNull();
});

test('a path of the twin is written as RFC 6901 says', () => {
  expect(pointer('state', 'a/b', 'c~d', 0)).toBe('/state/a~1b/c~0d/0');
});

test('the leaves of both sides of a configuration stand beside each other, and lists are leaves', () => {
  expect(leaves({ log: { level: 'warn' }, pool: ['a'] }, { log: { level: 'info', file: 'x' } })).toEqual([
    { keys: ['log', 'file'], desired: undefined, actual: 'x' },
    { keys: ['log', 'level'], desired: 'warn', actual: 'info' },
    { keys: ['pool'], desired: ['a'], actual: undefined },
  ]);
  expect(leaves(null, null)).toEqual([]);
});

test('the instant that has seen an event is not before it, however fine its timestamp', () => {
  expect(seenAt('2026-02-27T03:45:00Z')).toBe('2026-02-27T03:45:00Z');
  expect(seenAt('2026-02-27T03:45:00.25Z')).toBe('2026-02-27T03:45:00.250Z');
  expect(seenAt('2026-02-27T03:45:00.250001Z')).toBe('2026-02-27T03:45:00.251Z');
});

test('an address that names an event and no section means its events', () => {
  expect(tabOf(null, null)).toBe('values');
  expect(tabOf(null, 'evt-1')).toBe('events');
  expect(tabOf('drift', 'evt-1')).toBe('drift');
  expect(tabOf('nonsense', null)).toBe('values');
});

test('the values of a part are named, durations once, and read as people do', () => {
  const part = { stale_by: '2m', stale_by_seconds: 125, compliance: { passed: 8 }, reason: null };
  expect(valuesOf(part, ['policy']).map(({ path, name, key, value }) => [path, name, reads(key, value, 0)])).toEqual([
    ['/policy/stale_by_seconds', 'stale by', '2m 5s'],
    ['/policy/compliance/passed', 'compliance, passed', '8'],
    ['/policy/reason', 'reason', 'not known'],
  ]);
  const now = Date.parse('2026-02-27T03:45:00Z');
  expect(reads('deadline', '2026-02-27T04:45:00Z', now)).toBe('2026-02-27 04:45:00, in 1h');
  expect(reads('since', '2026-02-27T03:40:00Z', now)).toBe('2026-02-27 03:40:00, 5m ago');
  expect(reads('clusters', [], now)).toBe('none');
});
