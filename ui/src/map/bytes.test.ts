import { expect, test } from 'vitest';
import { apply, readDifference, readEdges, readLayout, readStates, readTrustDomains, Unreadable } from './bytes';

const aligned = (offset: number) => Math.ceil(offset / 8) * 8;

function begun(magic: string, length: number, homes: number): DataView {
  const view = new DataView(new ArrayBuffer(length));
  [...magic].forEach((letter, i) => view.setUint8(i, letter.charCodeAt(0)));
  view.setUint16(4, 1, true);
  view.setUint32(8, 3, true);
  view.setUint32(12, homes, true);
  view.setBigInt64(16, -(2n ** 63n), true);
  view.setBigInt64(24, 1_000_000n, true);
  return view;
}

/** Two homes of one cluster, written byte by byte as docs/graph.md says. */
function layoutBytes(): ArrayBuffer {
  const names = 'ryzé';
  const nameBytes = new TextEncoder().encode(names);
  const clustersAt = aligned(64 + 8);
  const areasAt = aligned(clustersAt + 8);
  const rectsAt = aligned(areasAt + 4 * 16);
  const namesAt = aligned(rectsAt + 4 * 12);
  const offsetsAt = aligned(namesAt + nameBytes.length);
  const idsAt = aligned(offsetsAt + 12);
  const view = begun('TWL1', idsAt + 4, 2);
  view.setUint16(40, 8, true);
  view.setUint16(42, 6, true);
  [4, 4, nameBytes.length, 4].forEach((value, i) => view.setUint32(44 + 4 * i, value, true));
  [2, 2, 3, 2].forEach((value, i) => view.setUint16(64 + 2 * i, value, true));
  [3, 3].forEach((value, i) => view.setUint32(clustersAt + 4 * i, value, true));
  const areas = [
    [0, 1, 0, 0xffff_ffff, 0],
    [1, 1, 1, 0, 0],
    [2, 1, 4, 1, 1],
    [3, 0, 0, 2, 5],
  ];
  areas.forEach(([level, named, length, above, at], i) => {
    view.setUint8(areasAt + 16 * i, level!);
    view.setUint8(areasAt + 16 * i + 1, named!);
    view.setUint16(areasAt + 16 * i + 2, length!, true);
    view.setUint32(areasAt + 16 * i + 4, above!, true);
    view.setUint32(areasAt + 16 * i + 8, at!, true);
    view.setUint32(areasAt + 16 * i + 12, 1, true);
    view.setUint32(rectsAt + 12 * i, i, true);
    [i, i, 8 - 2 * i, 6 - 2 * i].forEach((value, j) => view.setUint16(rectsAt + 12 * i + 4 + 2 * j, value, true));
  });
  new Uint8Array(view.buffer).set(nameBytes, namesAt);
  [0, 1, 4].forEach((value, i) => view.setUint32(offsetsAt + 4 * i, value, true));
  new Uint8Array(view.buffer).set(new TextEncoder().encode('abcd'), idsAt);
  return view.buffer as ArrayBuffer;
}

test('a layout is read as the page of the format says', () => {
  const layout = readLayout(layoutBytes());
  expect(layout.stamp).toEqual({ revision: 3, homes: 2, from: null, at: 1_000 });
  expect([layout.width, layout.height]).toEqual([8, 6]);
  expect([...layout.slots]).toEqual([2, 2, 3, 2]);
  expect(layout.areas.map((area) => [area.level, area.name, area.above])).toEqual([
    [0, '', -1],
    [1, 'r', 0],
    [2, 'yzé'.slice(0, 3), 1],
    [3, null, 2],
  ]);
  expect(layout.areas[3]!.rects).toEqual([{ x: 3, y: 3, width: 2, height: 0 }]);
});

test('states and differences are read, and a difference leads from its base to what is now', () => {
  const view = begun('TWS1', 64 + 6, 3);
  [1, 2, 0x8000].forEach((value, i) => view.setUint16(64 + 2 * i, value, true));
  const states = readStates(view.buffer as ArrayBuffer);
  expect([...states.bits]).toEqual([1, 2, 0x8000]);
  const delta = begun('TWS1', 64 + 12, 3);
  delta.setUint16(6, 1, true);
  delta.setUint32(44, 2, true);
  delta.setBigInt64(48, 500_000n, true);
  [0, 2].forEach((value, i) => delta.setUint32(64 + 4 * i, value, true));
  [7, 9].forEach((value, i) => delta.setUint16(72 + 2 * i, value, true));
  const difference = readDifference(delta.buffer as ArrayBuffer);
  expect(difference.base).toBe(500);
  const bits = states.bits.slice();
  apply(bits, difference);
  expect([...bits]).toEqual([7, 2, 9]);
});

test('edges and trust domains are read', () => {
  const view = begun('TWE1', 64 + 24 + 9, 9);
  view.setUint32(44, 1, true);
  view.setUint32(48, 12, true);
  view.setUint32(64, 4, true);
  view.setUint32(72, 5, true);
  view.setUint8(80, 2);
  view.setUint8(88, 1);
  const edges = readEdges(view.buffer as ArrayBuffer);
  expect([edges.total, edges.from[0], edges.to[0], edges.health[0], edges.crossing[0]]).toEqual([12, 4, 5, 2, 1]);
  const domains = begun('TWD1', 80 + 6, 2);
  domains.setUint32(44, 2, true);
  domains.setUint16(66, 2, true);
  domains.setUint16(72, 2, true);
  domains.setUint16(74, 4, true);
  new Uint8Array(domains.buffer).set(new TextEncoder().encode('abcdef'), 80);
  const read = readTrustDomains(domains.buffer as ArrayBuffer);
  expect(read.names).toEqual([null, 'ab', 'cdef']);
  expect([...read.of]).toEqual([0, 2]);
});

test('bytes of something else are refused', () => {
  expect(() => readStates(new ArrayBuffer(10))).toThrow(Unreadable);
  expect(() => readStates(layoutBytes())).toThrow(/expected TWS1/);
  expect(() => readLayout(layoutBytes().slice(0, -1))).toThrow(/bytes, expected/);
});
