/** Text on the map: a label stands only where it covers no other. What is asked for first goes first. */

import type { Rect } from './bytes';
import type { Pen } from './shapes';

const CELL = 64;

/** Remembers where labels stand. */
export class Labels {
  readonly #cells = new Map<number, Rect[]>();

  /** Takes a place; answers false, and takes none, where something stands there. */
  take(x: number, y: number, width: number, height: number): boolean {
    const wanted = { x, y, width, height };
    const cells = [...covered(wanted)];
    if (cells.some((cell) => this.#cells.get(cell)?.some((other) => overlap(wanted, other)))) {
      return false;
    }
    for (const cell of cells) {
      const there = this.#cells.get(cell);
      if (there === undefined) {
        this.#cells.set(cell, [wanted]);
      } else {
        there.push(wanted);
      }
    }
    return true;
  }
}

function* covered(rect: Rect): Generator<number> {
  for (let y = Math.floor(rect.y / CELL); y <= Math.floor((rect.y + rect.height) / CELL); y++) {
    for (let x = Math.floor(rect.x / CELL); x <= Math.floor((rect.x + rect.width) / CELL); x++) {
      yield y * 4_096 + x;
    }
  }
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** How many widths are remembered; beyond it all are measured anew. */
const MOST_WIDTHS = 8_192;
const widths = new Map<string, number>();

/** How wide a text is in the font of the pen. */
export function widthOf(pen: Pen, text: string): number {
  const key = `${pen.font}|${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = pen.measureText(text).width;
    if (widths.size >= MOST_WIDTHS) {
      widths.clear();
    }
    widths.set(key, width);
  }
  return width;
}

const PART = /[-._/:]/g;

/**
 * The text, or as much of it as fits: as many of its last parts as there is room for (the very last
 * without the mark of what is missing), else the end of that; empty where not even four characters
 * fit. Names of a fleet differ at their ends, so the end is what is kept.
 */
export function fitted(pen: Pen, text: string, width: number): string {
  if (widthOf(pen, text) <= width) {
    return text;
  }
  const parts = [...text.matchAll(PART)].map(({ index }) => text.slice(index + 1)).filter((part) => part !== '');
  for (const [i, part] of parts.entries()) {
    const shown = i === parts.length - 1 ? part : `…${part}`;
    if (widthOf(pen, shown) <= width) {
      return shown;
    }
  }
  const room = Math.floor((width * text.length) / widthOf(pen, text)) - 1;
  return room < 4 ? '' : `…${text.slice(-room)}`;
}
