import { expect, test } from 'vitest';
import { inTree } from './tree';

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
