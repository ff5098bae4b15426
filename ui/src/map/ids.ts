/** The ids of homes: their text by index, and their indexes by id, in a few bytes a home. */

import type { Layout } from './bytes';

const FNV_OFFSET = 0x811c_9dc5;
const FNV_PRIME = 0x0100_0193;

export class Ids {
  readonly #bytes: Uint8Array;
  readonly #offsets: Uint32Array;
  /** Open addressing: index + 1, 0 where nothing is. Made when first asked for. */
  #table: Int32Array | null = null;
  readonly #decoder = new TextDecoder();
  readonly #encoder = new TextEncoder();

  constructor(layout: Pick<Layout, 'ids' | 'idOffsets'>) {
    this.#bytes = layout.ids;
    this.#offsets = layout.idOffsets;
  }

  /** The id of a home. */
  id(index: number): string {
    return this.#decoder.decode(this.#bytes.subarray(this.#offsets[index]!, this.#offsets[index + 1]!));
  }

  /** The homes of a node: one in each zone it was ever in. Empty where there is none. */
  find(id: string): number[] {
    const wanted = this.#encoder.encode(id);
    const table = this.#ready();
    const mask = table.length - 1;
    const found: number[] = [];
    for (let at = hash(wanted, 0, wanted.length) & mask; table[at] !== 0; at = (at + 1) & mask) {
      const index = table[at]! - 1;
      if (this.#is(index, wanted)) {
        found.push(index);
      }
    }
    return found;
  }

  #is(index: number, wanted: Uint8Array): boolean {
    const start = this.#offsets[index]!;
    if (this.#offsets[index + 1]! - start !== wanted.length) {
      return false;
    }
    for (let i = 0; i < wanted.length; i++) {
      if (this.#bytes[start + i] !== wanted[i]) {
        return false;
      }
    }
    return true;
  }

  #ready(): Int32Array {
    if (this.#table !== null) {
      return this.#table;
    }
    const homes = this.#offsets.length - 1;
    let size = 16;
    while (size < homes * 2) {
      size *= 2;
    }
    const table = new Int32Array(size);
    for (let index = 0; index < homes; index++) {
      let at = hash(this.#bytes, this.#offsets[index]!, this.#offsets[index + 1]!) & (size - 1);
      while (table[at] !== 0) {
        at = (at + 1) & (size - 1);
      }
      table[at] = index + 1;
    }
    this.#table = table;
    return table;
  }
}

/** FNV-1a, with its bits mixed once more: ids of a fleet differ in their last characters only. */
function hash(bytes: Uint8Array, from: number, to: number): number {
  let value = FNV_OFFSET;
  for (let i = from; i < to; i++) {
    value = Math.imul(value ^ bytes[i]!, FNV_PRIME);
  }
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b_3c6d) >>> 0;
}
