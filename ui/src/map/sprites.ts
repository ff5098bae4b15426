/**
 * Nodes as pictures made once: at the level of shapes by connectivity and colour, at that of glyphs
 * by all of the two bytes. Drawing a node is then one copy, however much it shows.
 */

import { AUTHORITY_LETTER, debtShare, DEBT_TICKS, SHOWN, STATE, SURFACE } from '../parts/encodings';
import { authority, connectivity, debt, DEBT_SECONDS, drift, isEvaluated, OVERLAY, trust, UNKNOWN_DEBT } from './bits';
import type { Palette } from './palette';
import { shape, type Pen } from './shapes';

/** How many pictures are kept; beyond it all are made anew. */
const MOST = 2_048;
const SIZES = [8, 10, 12, 16, 20, 24, 32, 40, 48, 64, 96];
const LETTERS = ['', AUTHORITY_LETTER.global!, AUTHORITY_LETTER.regional!, AUTHORITY_LETTER.local!, AUTHORITY_LETTER.autonomous!];
const IN_CONFLICT = 5;
/** Where in a slot a glyph has its middle, and how high its box is: below it stands the name. */
export const MIDDLE = 0.4;
const BOX = 0.82;

export class Sprites {
  readonly #palette: Palette;
  readonly #pixels: number;
  #made = new Map<number, OffscreenCanvas>();
  #size = 0;

  /** @param pixels of the screen in one of CSS */
  constructor(palette: Palette, pixels: number) {
    this.#palette = palette;
    this.#pixels = pixels;
  }

  /** The picture of a node in a slot so many pixels wide. */
  of(bits: number, scale: number, glyph: boolean): OffscreenCanvas {
    const size = SIZES.find((candidate) => candidate >= scale) ?? SIZES.at(-1)!;
    if (size !== this.#size || this.#made.size >= MOST) {
      this.#made.clear();
      this.#size = size;
    }
    const category = OVERLAY[this.#palette.overlay].category(bits);
    const key = glyph ? bits | 0x1_0000 : connectivity(bits) | (category << 4);
    let sprite = this.#made.get(key);
    if (sprite === undefined) {
      sprite = this.#make(bits, category, size, glyph);
      this.#made.set(key, sprite);
    }
    return sprite;
  }

  #make(bits: number, category: number, size: number, glyph: boolean): OffscreenCanvas {
    const canvas = new OffscreenCanvas(Math.ceil(size * this.#pixels), Math.ceil(size * this.#pixels));
    const pen = canvas.getContext('2d')!;
    pen.scale(canvas.width / size, canvas.height / size);
    const stands = this.#palette.stands(category);
    const colour = (stands ? this.#palette.marks : this.#palette.fadedMarks)[category]!;
    const form = STATE[SHOWN[connectivity(bits)]!].shape;
    if (!glyph) {
      shape(pen, form, size / 2, size / 2, size * 0.4, colour);
      return canvas;
    }
    pen.globalAlpha = stands ? 1 : 0.25;
    const ink = SURFACE.ink[this.#palette.theme];
    const muted = SURFACE.muted[this.#palette.theme];
    outline(pen, trust(bits), size, trust(bits) === 3 ? SURFACE.bad[this.#palette.theme] : SURFACE.edge[this.#palette.theme]);
    shape(pen, form, size * 0.5, MIDDLE * size, size * 0.2, colour);
    pips(pen, bits, size, ink, muted);
    letter(pen, authority(bits), size, ink, SURFACE.bad[this.#palette.theme]);
    debtBar(pen, debt(bits), size, this.#palette);
    return canvas;
  }
}

/** Trust: solid, dashed, or broken open. */
function outline(pen: Pen, of: number, size: number, colour: string): void {
  const line = Math.max(1, size / 32);
  const inset = size * 0.07;
  pen.strokeStyle = colour;
  pen.lineWidth = of === 3 ? line * 1.6 : line;
  const side = size - 2 * inset;
  const high = size * BOX - inset;
  if (of === 3) {
    pen.setLineDash([side * 0.42, side * 0.58]);
    pen.lineDashOffset = side * 0.21;
  } else {
    pen.setLineDash(of === 0 ? [] : [size / 12, size / (of === 1 ? 24 : 10)]);
  }
  pen.strokeRect(inset, inset, side, high);
  pen.setLineDash([]);
}

/** Drift: none to three pips down the left; hollow where they are provisional. */
function pips(pen: Pen, bits: number, size: number, ink: string, muted: string): void {
  const r = size * 0.042;
  for (let i = 0; i < drift(bits); i++) {
    pen.beginPath();
    pen.arc(size * 0.175, size * (0.2 + 0.13 * i), r, 0, 2 * Math.PI);
    if (isEvaluated(bits)) {
      pen.fillStyle = ink;
      pen.fill();
    } else {
      pen.strokeStyle = muted;
      pen.lineWidth = 1;
      pen.stroke();
    }
  }
}

/** Authority: a letter; a split badge where several claim it. */
function letter(pen: Pen, of: number, size: number, ink: string, bad: string): void {
  const x = size * 0.82;
  const y = size * 0.21;
  if (of >= IN_CONFLICT) {
    const r = size * 0.09;
    pen.fillStyle = bad;
    pen.beginPath();
    pen.arc(x - size * 0.015, y, r, Math.PI / 2, 1.5 * Math.PI);
    pen.fill();
    pen.fillStyle = ink;
    pen.beginPath();
    pen.arc(x + size * 0.015, y, r, -Math.PI / 2, Math.PI / 2);
    pen.fill();
    return;
  }
  if (size >= 24 && of > 0) {
    pen.fillStyle = ink;
    pen.font = `600 ${Math.round(size * 0.2)}px system-ui, sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(LETTERS[of] ?? '', x, y);
  }
}

/** Sync debt: how far it reaches along 1 m, 1 h, 1 d and 7 d. */
function debtBar(pen: Pen, step: number, size: number, palette: Palette): void {
  const x = size * 0.16;
  const y = size * 0.69;
  const width = size * 0.68;
  const height = Math.max(2, size * 0.07);
  pen.fillStyle = palette.surface('line');
  pen.fillRect(x, y, width, height);
  if (step === UNKNOWN_DEBT) {
    pen.fillStyle = palette.surface('edge');
    for (let at = 0; at < 4; at++) {
      pen.fillRect(x + (width * at) / 4, y, width / 10, height);
    }
  } else if (step > 0) {
    pen.fillStyle = step >= 9 ? palette.surface('bad') : palette.surface('muted');
    pen.fillRect(x, y, width * Math.max(0.06, debtShare(DEBT_SECONDS[step]!)), height);
  }
  pen.fillStyle = palette.surface('edge');
  for (const tick of DEBT_TICKS) {
    pen.fillRect(x + width * debtShare(tick.seconds), y - height * 0.5, 1, height * 2);
  }
}
