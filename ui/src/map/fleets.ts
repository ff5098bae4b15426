/** Fleets for tests and measures: layouts and states as the service would answer them, of any size. */

import { debtStep } from './bits';
import type { Area, Layout, Level, Rect } from './bytes';

export interface Sizes {
  readonly regions: number;
  readonly zones: number;
  /** Homes in each zone, in one cluster. */
  readonly homes: number;
}

/** A map of regions side by side, zones below each other in a square of columns. */
export function layoutOf({ regions, zones, homes }: Sizes): Layout {
  const side = Math.ceil(Math.sqrt(homes * 1.33));
  const columns = Math.ceil(Math.sqrt(zones));
  const lines = Math.ceil(zones / columns);
  const zone = side + 2;
  const regionWidth = columns * zone + 2;
  const regionHeight = lines * zone + 2;
  const across = Math.ceil(Math.sqrt(regions * 1.7));
  const width = across * regionWidth + 2;
  const height = Math.ceil(regions / across) * regionHeight + 2;
  const areas: Area[] = [];
  const add = (level: Level, name: string | null, above: number, rect: Rect) =>
    areas.push({ number: areas.length, level, name, above, rects: [rect] }) - 1;
  const map = add(0, null, -1, { x: 0, y: 0, width, height });
  const total = regions * zones * homes;
  const slots = new Uint16Array(total * 2);
  const clusters = new Uint32Array(total);
  const texts: Uint8Array[] = [];
  const encoder = new TextEncoder();
  let home = 0;
  for (let r = 0; r < regions; r++) {
    const rx = 1 + (r % across) * regionWidth;
    const ry = 1 + Math.floor(r / across) * regionHeight;
    const region = add(1, `region-${r}`, map, { x: rx, y: ry, width: regionWidth, height: regionHeight });
    for (let z = 0; z < zones; z++) {
      const zx = rx + 1 + (z % columns) * zone;
      const zy = ry + 1 + Math.floor(z / columns) * zone;
      const inZone = add(2, `zone-${r}-${z}`, region, { x: zx, y: zy, width: zone, height: zone });
      const cluster = add(3, 'core-cluster', inZone, { x: zx + 1, y: zy + 1, width: side, height: side });
      for (let i = 0; i < homes; i++, home++) {
        slots[2 * home] = zx + 1 + (i % side);
        slots[2 * home + 1] = zy + 1 + Math.floor(i / side);
        clusters[home] = cluster;
        texts.push(encoder.encode(`node-${r}-${z}-${i}`));
      }
    }
  }
  const idOffsets = new Uint32Array(total + 1);
  texts.forEach((text, i) => (idOffsets[i + 1] = idOffsets[i]! + text.length));
  const ids = new Uint8Array(idOffsets[total]!);
  texts.forEach((text, i) => ids.set(text, idOffsets[i]!));
  return { stamp: { revision: 1, homes: total, from: null, at: 0 }, width, height, slots, clusters, areas, idOffsets, ids };
}

export interface Parts {
  readonly connectivity?: number;
  readonly drift?: number;
  readonly trust?: number;
  readonly authority?: number;
  readonly debtSeconds?: number | null;
}

/** Two bytes. */
export function bitsOf({ connectivity = 0, drift = 0, trust = 0, authority = 2, debtSeconds }: Parts): number {
  const debt = debtSeconds === undefined ? 0 : debtStep(debtSeconds);
  return connectivity | (drift << 3) | (trust << 5) | (authority << 7) | (debt << 10);
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** States as a fleet has them: nine of ten live, the others as it comes. */
export function statesOf(homes: number, random: () => number): Uint16Array {
  return Uint16Array.from({ length: homes }, () => randomBits(random));
}

export function randomBits(random: () => number): number {
  const live = random() < 0.9;
  return bitsOf({
    connectivity: live ? 0 : 1 + Math.floor(random() * 6),
    drift: random() < 0.8 ? 0 : Math.floor(random() * 4),
    trust: random() < 0.9 ? 0 : Math.floor(random() * 4),
    ...(live ? {} : { debtSeconds: Math.floor(random() * 700_000) }),
  });
}
