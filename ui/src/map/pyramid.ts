/**
 * The states by slot, and above them halves, quarters, … of the lattice in which the worst of four
 * stands for all: however far out the map is, a rare bad node is not averaged away.
 */

import { ABSENT, SAME } from './bits';
import type { Lattice } from './lattice';

const MOST_LEVELS = 8;

/** A raster of two bytes a texel. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly bits: Uint16Array;
}

export class Pyramid {
  readonly levels: readonly Raster[];
  readonly #lattice: Lattice;
  #ranks: Uint8Array;

  /** @param ranks of every value of two bytes, the more the worse */
  constructor(lattice: Lattice, ranks: Uint8Array) {
    this.#lattice = lattice;
    this.#ranks = ranks;
    const levels: Raster[] = [];
    let width = lattice.width;
    let height = lattice.height;
    for (let level = 0; level < MOST_LEVELS; level++) {
      levels.push({ width, height, bits: new Uint16Array(width * height).fill(ABSENT) });
      if (width <= 1 && height <= 1) {
        break;
      }
      width = Math.ceil(width / 2);
      height = Math.ceil(height / 2);
    }
    this.levels = levels;
  }

  /** Takes all states, and what to compare them with. */
  fill(bits: Uint16Array, base: Uint16Array | null = null): void {
    const slots = this.levels[0]!.bits;
    for (let home = 0; home < bits.length; home++) {
      slots[this.#lattice.slot(home)] = shown(bits[home]!, base === null ? -1 : (base[home] ?? ABSENT));
    }
    this.#raise();
  }

  /** Another order of what is worst. */
  rank(ranks: Uint8Array): void {
    this.#ranks = ranks;
    this.#raise();
  }

  #raise(): void {
    for (let level = 1; level < this.levels.length; level++) {
      const { width, height } = this.levels[level]!;
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          this.#worst(level, x, y);
        }
      }
    }
  }

  /** A home is another than before. */
  change(home: number, now: number, base = -1): void {
    let x = this.#lattice.x(home);
    let y = this.#lattice.y(home);
    this.levels[0]!.bits[y * this.#lattice.width + x] = shown(now, base);
    for (let level = 1; level < this.levels.length; level++) {
      x >>= 1;
      y >>= 1;
      if (!this.#worst(level, x, y)) {
        return;
      }
    }
  }

  /** Answers whether the texel is another now. */
  #worst(level: number, x: number, y: number): boolean {
    const below = this.levels[level - 1]!;
    const own = this.levels[level]!;
    const right = 2 * x + 1 < below.width;
    const lower = 2 * y + 1 < below.height;
    const at = 2 * y * below.width + 2 * x;
    const ranks = this.#ranks;
    let worst = below.bits[at]!;
    if (right) {
      worst = worse(ranks, worst, below.bits[at + 1]!);
    }
    if (lower) {
      worst = worse(ranks, worst, below.bits[at + below.width]!);
      if (right) {
        worst = worse(ranks, worst, below.bits[at + below.width + 1]!);
      }
    }
    const place = y * own.width + x;
    const changed = own.bits[place] !== worst;
    own.bits[place] = worst;
    return changed;
  }

  /** The level whose texels are at least `pixels` wide where a slot is `scale` wide. */
  levelAt(scale: number, pixels: number): number {
    let level = 0;
    while (level < this.levels.length - 1 && scale * 2 ** level < pixels) {
      level++;
    }
    return level;
  }
}

function worse(ranks: Uint8Array, one: number, other: number): number {
  return ranks[other]! > ranks[one]! ? other : one;
}

/** @param base what it was before, or -1 where nothing is compared */
function shown(now: number, base: number): number {
  return base >= 0 && base === now ? (now === ABSENT ? ABSENT : SAME) : now;
}
