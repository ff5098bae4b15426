import { expect, test } from 'vitest';
import { all, fits, isNear, nameOf, ofFinding, ofGroup, ofKind, ofPlace, type Finding } from './finding';

const FINDING: Finding = {
  dimension: 'config',
  path: 'stir.enforcement_mode',
  kind: 'changed',
  desired: 'soft',
  actual: null,
  severity: 'medium',
  impact: null,
  nodes: 15,
  provisional: 0,
  node_ids: [],
  since: '2026-02-27T03:45:00Z',
};
const ALL = { filter: '', path: '', severity: '', dimension: '', zone: '', component: '' };

test('the nodes of a finding are those with its values', () => {
  const found = 'drift.findings.path==stir.enforcement_mode;drift.findings.severity==medium';
  expect(ofFinding(FINDING)).toBe(`${found};state.desired.stir.enforcement_mode==soft;state.actual.stir.enforcement_mode!=*`);
  expect(ofFinding({ ...FINDING, desired: { a: 1 }, actual: 2 })).toBe(`${found};state.actual.stir.enforcement_mode==2`);
  expect(ofFinding({ ...FINDING, dimension: 'version', path: 'software_version', desired: 'a 2', actual: 'a*' })).toBe(
    'drift.findings.path==software_version;drift.findings.severity==medium;lifecycle.software.desired_version=="a 2";lifecycle.software.actual_version==a\\*',
  );
});

test('where a filter cannot say it, that is known', () => {
  expect(isNear(FINDING)).toBe(false);
  expect(isNear({ ...FINDING, desired: [1] })).toBe(true);
  expect(isNear({ ...FINDING, path: 'list[3]' })).toBe(true);
  expect(isNear({ ...FINDING, dimension: 'policy', path: 'violations.1' })).toBe(true);
});

test('filters are joined so that each keeps its meaning', () => {
  expect(all('', '')).toBe('');
  expect(all('a==1,b==2', 'c==3')).toBe('(a==1,b==2);c==3');
  expect(all('a=in=(1,2)', 'c=="x,y"')).toBe('a=in=(1,2);c=="x,y"');
});

test('a place and a kind are told apart', () => {
  const narrowed = { ...ALL, zone: 'unassigned', component: 'gate way', severity: 'high', path: 'tls' };
  expect(ofPlace(narrowed)).toBe('identity.zone!=*;identity.component_type=="gate way"');
  expect(ofKind(narrowed)).toBe('drift.findings.severity==high;drift.findings.path==*tls*');
  expect(ofGroup('identity.zone', '')).toBe('');
  expect(fits(FINDING, ALL)).toBe(true);
  expect(fits(FINDING, { ...ALL, path: 'STIR' })).toBe(true);
  expect(fits(FINDING, { ...ALL, dimension: 'policy' })).toBe(false);
});

test('a finding keeps its name while it says the same', () => {
  expect(nameOf({ ...FINDING, nodes: 1, since: '' })).toBe(nameOf(FINDING));
  expect(nameOf({ ...FINDING, actual: 'hard' })).not.toBe(nameOf(FINDING));
});
