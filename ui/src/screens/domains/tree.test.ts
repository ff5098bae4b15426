import { expect, test } from 'vitest';
import { fits, inTree, KINDS } from './tree';

function domain(id: string, parent: string | null = null, in_cycle = false) {
  return { id, parent, in_cycle };
}

function told(...domains: ReturnType<typeof domain>[]): string[] {
  return inTree(domains).map(({ domain, depth }) => '-'.repeat(depth) + domain.id);
}

test('each domain stands behind its parent, numbers by value', () => {
  expect(told(domain('z-10', 'r'), domain('r'), domain('z-2', 'r'), domain('c', 'z-2'), domain('a'))).toEqual(['a', 'r', '-z-2', '--c', '-z-10']);
});

test('who is in a cycle, or below what is not there, is a root, and all stand once', () => {
  expect(told(domain('a', 'b', true), domain('b', 'a', true), domain('c', 'gone'), domain('d', 'a'))).toEqual(['a', '-d', 'b', 'c']);
});

test('a domain is found by its id, its name or its master', () => {
  const authority = { domain: 'z-1', level: 'local' as const, master: null, epoch: 2, conflict: true, claimants: ['Control-A', 'b'] };
  const domain = { id: 'z-1', name: 'Nord', authority, governed_by: 'z-1', sync_debt_seconds: 3_599 };
  expect(['Z-', 'nord', 'control-a', ''].map((text) => fits(domain, text))).toEqual([true, true, true, true]);
  expect(fits(domain, 'west')).toBe(false);
  expect(KINDS.filter(({ is }) => is(domain)).map(({ name }) => name)).toEqual(['conflict', 'own master']);
});
