import { expect, test } from 'vitest';
import { pointer, type Finding } from './twin';

function finding(dimension: string, path: string): Finding {
  return { dimension, path, kind: 'changed', severity: 'low', provisional: false, event_ids: [] };
}

test.each([
  ['config', 'sip.timers.t1_ms', '/state/actual/sip/timers/t1_ms'],
  ['config', 'dns.hosts.ims\\.org.ttl', '/state/actual/dns/hosts/ims.org/ttl'],
  ['config', 'a\\\\b.c/d~e', '/state/actual/a\\b/c~1d~0e'],
  ['version', 'software_version', '/lifecycle/software/actual_version'],
  ['policy', 'policy_version', '/policy/actual_policy'],
  ['policy', 'violations.2', '/policy/violations'],
])('a finding of %s at %s is explained at %s', (dimension, path, expected) => {
  expect(pointer('actual', finding(dimension, path))).toBe(expected);
});
