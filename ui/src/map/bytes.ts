/** The binary answers of the map (docs/graph.md), laid over by typed arrays without copying. */

const HEADER = 64;
const NONE = 0xffff_ffff;
const MICROS_PER_MILLI = 1_000n;
const FIRST = -(2n ** 63n);

/** Bytes that are not what was asked for. */
export class Unreadable extends Error {}

export interface Stamp {
  readonly revision: number;
  readonly homes: number;
  /** Since when the revision holds, in milliseconds; null for the first. */
  readonly from: number | null;
  /** The instant answered for, in milliseconds. */
  readonly at: number;
}

export type Level = 0 | 1 | 2 | 3;
export const MAP: Level = 0;
export const REGION: Level = 1;
export const ZONE: Level = 2;
export const CLUSTER: Level = 3;
export const LEVELS = ['fleet', 'region', 'zone', 'cluster'] as const;

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A region, zone or cluster, or the map itself. */
export interface Area {
  readonly number: number;
  readonly level: Level;
  /** Null where its nodes name none. */
  readonly name: string | null;
  /** The number of the area around it; -1 for the map. */
  readonly above: number;
  readonly rects: readonly Rect[];
}

/** Where every home of a revision stands. */
export interface Layout {
  readonly stamp: Stamp;
  readonly width: number;
  readonly height: number;
  /** x and y of each home, in turn. */
  readonly slots: Uint16Array;
  /** The number of the cluster each home stands in. */
  readonly clusters: Uint32Array;
  readonly areas: readonly Area[];
  /** Where the id of each home begins in `ids`; the last is the end. */
  readonly idOffsets: Uint32Array;
  readonly ids: Uint8Array;
}

function stamp(view: DataView, magic: string): Stamp {
  const found = view.byteLength < HEADER ? '' : String.fromCharCode(...new Uint8Array(view.buffer, 0, 4));
  const version = found === '' ? 0 : view.getUint16(4, true);
  if (found !== magic || version !== 1) {
    throw new Unreadable(`found ${JSON.stringify(found)} version ${version}, expected ${magic} version 1`);
  }
  const from = view.getBigInt64(16, true);
  return {
    revision: view.getUint32(8, true),
    homes: view.getUint32(12, true),
    from: from === FIRST ? null : Number(from / MICROS_PER_MILLI),
    at: Number(view.getBigInt64(24, true) / MICROS_PER_MILLI),
  };
}

const aligned = (offset: number): number => Math.ceil(offset / 8) * 8;

/** The layout in an answer of `GET /v1/graph/layout`. */
export function readLayout(buffer: ArrayBuffer): Layout {
  const view = new DataView(buffer);
  const of = stamp(view, 'TWL1');
  const areaCount = view.getUint32(44, true);
  const rectCount = view.getUint32(48, true);
  const nameBytes = view.getUint32(52, true);
  const idBytes = view.getUint32(56, true);
  const clustersAt = aligned(HEADER + of.homes * 4);
  const areasAt = aligned(clustersAt + of.homes * 4);
  const rectsAt = aligned(areasAt + areaCount * 16);
  const namesAt = aligned(rectsAt + rectCount * 12);
  const offsetsAt = aligned(namesAt + nameBytes);
  const idsAt = aligned(offsetsAt + (of.homes + 1) * 4);
  if (buffer.byteLength !== idsAt + idBytes) {
    throw new Unreadable(`found ${buffer.byteLength} bytes, expected ${idsAt + idBytes}`);
  }
  return {
    stamp: of,
    width: view.getUint16(40, true),
    height: view.getUint16(42, true),
    slots: new Uint16Array(buffer, HEADER, of.homes * 2),
    clusters: new Uint32Array(buffer, clustersAt, of.homes),
    areas: areas(view, { areasAt, areaCount, rectsAt, rectCount, namesAt, nameBytes }),
    idOffsets: new Uint32Array(buffer, offsetsAt, of.homes + 1),
    ids: new Uint8Array(buffer, idsAt, idBytes),
  };
}

interface AreaPlaces {
  readonly areasAt: number;
  readonly areaCount: number;
  readonly rectsAt: number;
  readonly rectCount: number;
  readonly namesAt: number;
  readonly nameBytes: number;
}

function areas(view: DataView, at: AreaPlaces): Area[] {
  const rects: Rect[][] = Array.from({ length: at.areaCount }, () => []);
  for (let i = 0; i < at.rectCount; i++) {
    const offset = at.rectsAt + 12 * i;
    rects[view.getUint32(offset, true)]!.push({
      x: view.getUint16(offset + 4, true),
      y: view.getUint16(offset + 6, true),
      width: view.getUint16(offset + 8, true),
      height: view.getUint16(offset + 10, true),
    });
  }
  const text = new TextDecoder();
  return rects.map((own, number) => {
    const offset = at.areasAt + 16 * number;
    const above = view.getUint32(offset + 4, true);
    const nameAt = at.namesAt + view.getUint32(offset + 8, true);
    const name = text.decode(new Uint8Array(view.buffer, nameAt, view.getUint16(offset + 2, true)));
    return {
      number,
      level: view.getUint8(offset) as Level,
      name: view.getUint8(offset + 1) === 1 ? name : null,
      above: above === NONE ? -1 : above,
      rects: own,
    };
  });
}

/** The state of every home at an instant. */
export interface States {
  readonly stamp: Stamp;
  readonly bits: Uint16Array;
}

/** What differs from a base: the homes, ascending, and what they are now. */
export interface Difference {
  readonly stamp: Stamp;
  /** The instant of the base, in milliseconds. */
  readonly base: number;
  readonly indexes: Uint32Array;
  readonly bits: Uint16Array;
}

/** The states in an answer of `GET /v1/graph/states`, without `base=`. */
export function readStates(buffer: ArrayBuffer): States {
  const view = new DataView(buffer);
  const of = stamp(view, 'TWS1');
  if (view.getUint16(6, true) !== 0 || buffer.byteLength !== HEADER + 2 * of.homes) {
    throw new Unreadable(`found ${buffer.byteLength} bytes, expected the states of ${of.homes} homes`);
  }
  return { stamp: of, bits: new Uint16Array(buffer, HEADER, of.homes) };
}

/** The difference in an answer of `GET /v1/graph/states?base=`. */
export function readDifference(buffer: ArrayBuffer): Difference {
  const view = new DataView(buffer);
  const of = stamp(view, 'TWS1');
  const entries = view.getUint32(44, true);
  if (view.getUint16(6, true) !== 1 || buffer.byteLength !== HEADER + 6 * entries) {
    throw new Unreadable(`found ${buffer.byteLength} bytes, expected a difference of ${entries} homes`);
  }
  return {
    stamp: of,
    base: Number(view.getBigInt64(48, true) / MICROS_PER_MILLI),
    indexes: new Uint32Array(buffer, HEADER, entries),
    bits: new Uint16Array(buffer, HEADER + 4 * entries, entries),
  };
}

/** Puts a difference onto the states it was taken from. */
export function apply(bits: Uint16Array, difference: Difference): void {
  for (let i = 0; i < difference.indexes.length; i++) {
    bits[difference.indexes[i]!] = difference.bits[i]!;
  }
}

/** Which trust domain each home is in at an instant. */
export interface TrustDomains {
  readonly stamp: Stamp;
  /** By number; the first is null: none. */
  readonly names: readonly (string | null)[];
  /** The number of the domain of each home. */
  readonly of: Uint16Array;
}

/** The trust domains in an answer of `GET /v1/graph/trust-domains`. */
export function readTrustDomains(buffer: ArrayBuffer): TrustDomains {
  const view = new DataView(buffer);
  const of = stamp(view, 'TWD1');
  const count = view.getUint32(44, true);
  const lengthsAt = aligned(HEADER + 2 * of.homes);
  let at = aligned(lengthsAt + 2 * count);
  const text = new TextDecoder();
  const names: (string | null)[] = [null];
  for (let i = 0; i < count; i++) {
    const length = view.getUint16(lengthsAt + 2 * i, true);
    names.push(text.decode(new Uint8Array(buffer, at, length)));
    at += length;
  }
  return { stamp: of, names, of: new Uint16Array(buffer, HEADER, of.homes) };
}

/** How healthy an edge is. */
export const OK = 0;
export const DEGRADED = 1;
export const DOWN = 2;
export const NOT_KNOWN = 3;

/** Edges between homes, those that need attention first. */
export interface Edges {
  readonly stamp: Stamp;
  /** How many there are; `from` may hold fewer. */
  readonly total: number;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** {@link OK} to {@link NOT_KNOWN}. */
  readonly health: Uint8Array;
  /** 1 where the ends are in two trust domains. */
  readonly crossing: Uint8Array;
}

export const NO_EDGES: Edges = {
  stamp: { revision: 0, homes: 0, from: null, at: 0 },
  total: 0,
  from: new Uint32Array(),
  to: new Uint32Array(),
  health: new Uint8Array(),
  crossing: new Uint8Array(),
};

/** The edges in an answer of `GET /v1/graph/edges`. */
export function readEdges(buffer: ArrayBuffer): Edges {
  const view = new DataView(buffer);
  const of = stamp(view, 'TWE1');
  const count = view.getUint32(44, true);
  const toAt = aligned(HEADER + 4 * count);
  const healthAt = aligned(toAt + 4 * count);
  const crossingAt = aligned(healthAt + count);
  return {
    stamp: of,
    total: view.getUint32(48, true),
    from: new Uint32Array(buffer, HEADER, count),
    to: new Uint32Array(buffer, toAt, count),
    health: new Uint8Array(buffer, healthAt, count),
    crossing: new Uint8Array(buffer, crossingAt, count),
  };
}
