/**
 * What is where: counts of every area by all that two bytes tell, kept as states change.
 *
 * A row of the counts an area; a change costs one row a level. So tiles show rare bad states however
 * far out the map is, and no sum is ever made anew while nodes change.
 */

import { ABSENT, concernTable, debt, isPresent, DEBT_SECONDS, OVERLAY, OVERLAYS, UNKNOWN_DEBT, WANTS_ATTENTION, type OverlayName } from './bits';
import type { Lattice } from './lattice';

const NODES = 0;
const ATTENTION = 1;
const FIRST_OVERLAY = 2;
const STARTS = {} as Record<OverlayName, number>;
let next = FIRST_OVERLAY;
for (const name of OVERLAYS) {
  STARTS[name] = next;
  next += OVERLAY[name].categories.length;
}
const DEBT_STEPS = next;
/** How many counts a node is in. */
const COLUMNS = OVERLAYS.length + 3;
/** For every value of two bytes of a node that is there, the counts it is in; `NOWHERE` where it is in no further one. */
const NOWHERE = DEBT_STEPS + 16;
const STRIDE = NOWHERE + 1;
const TABLE = columns();

function columns(): Uint8Array {
  const concerns = concernTable();
  const table = new Uint8Array(ABSENT * COLUMNS);
  for (let bits = 0; bits < ABSENT; bits++) {
    const row = bits * COLUMNS;
    table[row] = NODES;
    table[row + 1] = concerns[bits]! >= WANTS_ATTENTION ? ATTENTION : NOWHERE;
    table[row + 2] = DEBT_STEPS + debt(bits);
    OVERLAYS.forEach((name, i) => (table[row + 3 + i] = STARTS[name] + OVERLAY[name].category(bits)));
  }
  return table;
}

export class Census {
  readonly #lattice: Lattice;
  readonly #counts: Int32Array;

  constructor(lattice: Lattice, bits: Uint16Array) {
    this.#lattice = lattice;
    this.#counts = new Int32Array(lattice.areas.length * STRIDE);
    this.recount(bits);
  }

  /** Counts all anew. */
  recount(bits: Uint16Array): void {
    this.#counts.fill(0);
    const clusters = this.#lattice.layout.clusters;
    for (let home = 0; home < bits.length; home++) {
      this.#add(clusters[home]!, bits[home]!, 1);
    }
    // Areas stand behind those they lie in.
    for (let area = this.#lattice.areas.length - 1; area > 0; area--) {
      const from = area * STRIDE;
      const to = this.#lattice.areas[area]!.above * STRIDE;
      for (let i = 0; i < STRIDE; i++) {
        this.#counts[to + i]! += this.#counts[from + i]!;
      }
    }
  }

  /** A home is another than before. */
  change(home: number, before: number, now: number): void {
    let area = this.#lattice.layout.clusters[home]!;
    while (area >= 0) {
      this.#add(area, before, -1);
      this.#add(area, now, 1);
      area = this.#lattice.areas[area]!.above;
    }
  }

  #add(area: number, bits: number, by: number): void {
    if (!isPresent(bits)) {
      return;
    }
    const row = area * STRIDE;
    const columns = bits * COLUMNS;
    for (let i = 0; i < COLUMNS; i++) {
      this.#counts[row + TABLE[columns + i]!]! += by;
    }
  }

  /** How many nodes are at home in an area. */
  nodes(area: number): number {
    return this.#counts[area * STRIDE + NODES]!;
  }

  /** How many of them want attention. */
  attention(area: number): number {
    return this.#counts[area * STRIDE + ATTENTION]!;
  }

  /** How many are in each category of an overlay. A view into the counts: do not keep it. */
  composition(area: number, overlay: OverlayName): Int32Array {
    const from = area * STRIDE + STARTS[overlay];
    return this.#counts.subarray(from, from + OVERLAY[overlay].categories.length);
  }

  /** The seconds at which the step of the 95th percentile of known sync debt begins; null where none is known. */
  debtP95(area: number): number | null {
    const from = area * STRIDE + DEBT_STEPS;
    let known = 0;
    for (let step = 0; step < UNKNOWN_DEBT; step++) {
      known += this.#counts[from + step]!;
    }
    let left = Math.ceil(known * 0.95);
    for (let step = 0; step < UNKNOWN_DEBT; step++) {
      left -= this.#counts[from + step]!;
      if (known > 0 && left <= 0) {
        return DEBT_SECONDS[step]!;
      }
    }
    return null;
  }
}
