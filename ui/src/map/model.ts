/**
 * All that the map shows of one revision: states by home, and what is derived from them. Plain
 * arrays, changed in place; nothing here is state of a framework.
 */

import { ABSENT, OVERLAY, rankTable, type OverlayName } from './bits';
import type { Layout } from './bytes';
import { Census } from './census';
import { Lattice } from './lattice';
import { Pyramid } from './pyramid';

export class Model {
  readonly lattice: Lattice;
  /** What every home is. */
  readonly bits: Uint16Array;
  readonly census: Census;
  readonly pyramid: Pyramid;
  /** What they were, where two instants are compared. */
  base: Uint16Array | null = null;
  overlay: OverlayName;
  /** Counts up with every change. */
  version = 0;

  constructor(layout: Layout, overlay: OverlayName = 'connectivity') {
    this.lattice = new Lattice(layout);
    this.bits = new Uint16Array(this.lattice.size).fill(ABSENT);
    this.census = new Census(this.lattice, this.bits);
    this.pyramid = new Pyramid(this.lattice, rankTable(OVERLAY[overlay]));
    this.overlay = overlay;
  }

  /** Takes the states of an instant; homes they do not tell of are absent. */
  show(states: Uint16Array, base: Uint16Array | null = this.base): void {
    const known = Math.min(states.length, this.bits.length);
    this.bits.set(states.subarray(0, known));
    this.bits.fill(ABSENT, known);
    this.base = base;
    this.census.recount(this.bits);
    this.pyramid.fill(this.bits, base);
    this.version++;
  }

  /** Compares with another instant from now on, or with none. */
  compare(base: Uint16Array | null): void {
    this.base = base;
    this.pyramid.fill(this.bits, base);
    this.version++;
  }

  /** One node is another now. */
  change(home: number, bits: number): void {
    const before = this.bits[home]!;
    if (before === bits) {
      return;
    }
    this.bits[home] = bits;
    this.census.change(home, before, bits);
    this.pyramid.change(home, bits, this.base === null ? -1 : (this.base[home] ?? ABSENT));
    this.version++;
  }

  /** Colours by something else. */
  colour(overlay: OverlayName): void {
    this.overlay = overlay;
    this.pyramid.rank(rankTable(OVERLAY[overlay]));
    this.version++;
  }

  /** How many homes differ from what they are compared with. */
  differing(): number {
    if (this.base === null) {
      return 0;
    }
    let count = 0;
    for (let home = 0; home < this.bits.length; home++) {
      count += this.bits[home] === (this.base[home] ?? ABSENT) ? 0 : 1;
    }
    return count;
  }

  /** Whether a home differs from what it is compared with; true where nothing is compared. */
  differs(home: number): boolean {
    return this.base === null || this.bits[home] !== (this.base[home] ?? ABSENT);
  }

}
