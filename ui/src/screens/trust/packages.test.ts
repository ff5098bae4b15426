import { expect, test } from 'vitest';
import { candidates, kindOf, nameOf, ofBuilds, ofHardware, ofHash, ofNodes, packageOf } from './packages';

test('what is typed is understood by how it looks', () => {
  expect(kindOf('pkg:npm/lodash@1')).toBe('purl');
  expect(kindOf(`sha256:${'9f'.repeat(32)}`)).toBe('hash');
  expect(kindOf('9F'.repeat(32))).toBe('hash');
  expect(kindOf('BATCH-2025-Q2-1003')).toBe('name');
  expect(kindOf('openssl')).toBe('name');
});

test('a hash is of a build or a firmware, a name of hardware', () => {
  const hash = `sha256:${'9f'.repeat(32)}`;
  expect(ofHash('9F'.repeat(32))).toBe(`lifecycle.software.sbom_hash==${hash},lifecycle.hardware.firmware_signature==${hash}`);
  expect(ofHardware('BATCH-*')).toBe('batch==BATCH-*,firmware==BATCH-*,serial==BATCH-*');
});

test('builds are one filter, as long as one holds them', () => {
  expect(ofBuilds([])).toBeNull();
  expect(ofBuilds(['sha256:a', 'sha256:b', 'sha256:a'])).toBe('lifecycle.software.sbom_hash=in=(sha256:a,sha256:b)');
  expect(ofBuilds(Array.from({ length: 25 }, (_, i) => `sha256:${i}`))).toBeNull();
});

test('nodes are one filter, as long as one holds them', () => {
  expect(ofNodes(['a', 'b', 'a'])).toBe('id=in=(a,b)');
  expect(ofNodes([])).toBeNull();
  expect(ofNodes(Array.from({ length: 500 }, (_, i) => `node-${i}`))).toBeNull();
});

test('a package is known by its name, with its namespace', () => {
  expect(packageOf('pkg:maven/org.apache/log4j@2?a=b')).toBe('pkg:maven/org.apache/log4j');
  expect(nameOf('pkg:maven/org.apache/log4j@2')).toBe('log4j');
  expect(candidates('LOG4J', ['pkg:maven/org.apache/log4j', 'pkg:npm/ws'], true)).toEqual(['pkg:maven/org.apache/log4j']);
  expect(candidates('left-pad', [], true)).toContain('pkg:npm/left-pad');
  expect(candidates('left-pad', [], false)).toEqual([]);
});
