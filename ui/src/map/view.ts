/** Where the map is looked at from: which part of the lattice, how large; and flights between such places. */

import type { Rect } from './bytes';

/** The slot at the middle of the screen, and how many pixels a slot is wide. */
export interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The size of the canvas in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is drawn of a node, from far to near. */
export type Detail = 'tiles' | 'raster' | 'shapes' | 'glyphs';

const RASTER_FROM = 2;
const SHAPES_FROM = 8;
const GLYPHS_FROM = 24;
export const MOST_SCALE = 96;
const LEAST_PART = 0.5;
const ROOM = 0.94;

export function detail(scale: number): Detail {
  return scale < RASTER_FROM ? 'tiles' : scale < SHAPES_FROM ? 'raster' : scale < GLYPHS_FROM ? 'shapes' : 'glyphs';
}

/** The view that shows a rectangle whole, not larger than `most` pixels a slot. */
export function fit(rect: Rect, size: Size, most = 64): View {
  const scale = Math.min((size.width * ROOM) / Math.max(1, rect.width), (size.height * ROOM) / Math.max(1, rect.height));
  return { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2, scale: Math.min(most, scale) };
}

/** Where a place of the lattice is on the screen. */
export function toScreen(view: View, size: Size, x: number, y: number): [number, number] {
  return [(x - view.x) * view.scale + size.width / 2, (y - view.y) * view.scale + size.height / 2];
}

/** Which place of the lattice is at a point of the screen. */
export function toLattice(view: View, size: Size, px: number, py: number): [number, number] {
  return [(px - size.width / 2) / view.scale + view.x, (py - size.height / 2) / view.scale + view.y];
}

/** What is on the screen, in slots. */
export function visible(view: View, size: Size): Rect {
  const width = size.width / view.scale;
  const height = size.height / view.scale;
  return { x: view.x - width / 2, y: view.y - height / 2, width, height };
}

/** The slots of a map that are on the screen, as far as they are whole numbers of it. */
export function visibleSlots(view: View, size: Size, map: Size): Rect {
  const shown = visible(view, size);
  const x = Math.max(0, Math.floor(shown.x));
  const y = Math.max(0, Math.floor(shown.y));
  return {
    x,
    y,
    width: Math.max(1, Math.min(map.width, Math.ceil(shown.x + shown.width)) - x),
    height: Math.max(1, Math.min(map.height, Math.ceil(shown.y + shown.height)) - y),
  };
}

/** Zooms so that what is under a point of the screen stays there. */
export function zoomAt(view: View, size: Size, px: number, py: number, factor: number, least: number): View {
  const scale = Math.min(MOST_SCALE, Math.max(least, view.scale * factor));
  const [x, y] = toLattice(view, size, px, py);
  return { x: x - (px - size.width / 2) / scale, y: y - (py - size.height / 2) / scale, scale };
}

export function panBy(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x - dx / view.scale, y: view.y - dy / view.scale };
}

/** Keeps the middle of the screen on the map. */
export function kept(view: View, map: Rect): View {
  return {
    ...view,
    x: Math.min(map.x + map.width, Math.max(map.x, view.x)),
    y: Math.min(map.y + map.height, Math.max(map.y, view.y)),
  };
}

/** Whether all of a rectangle is on the screen. */
export function isWhole(rect: Rect, view: View, size: Size): boolean {
  const shown = visible(view, size);
  return (
    rect.x >= shown.x && rect.y >= shown.y && rect.x + rect.width <= shown.x + shown.width && rect.y + rect.height <= shown.y + shown.height
  );
}

/** How far out one may go: the whole map takes half of the screen. */
export function leastScale(map: Rect, size: Size): number {
  const whole = Math.min(size.width / Math.max(1, map.width), size.height / Math.max(1, map.height));
  return Math.min(MOST_SCALE, whole * LEAST_PART);
}

/** A part of the way from one view to another, `share` from 0 to 1: slow at both ends, and straight on the screen. */
export function between(from: View, to: View, share: number): View {
  const eased = share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
  const scale = from.scale * (to.scale / from.scale) ** eased;
  // In step with the scale, so that the end does not rush across the screen.
  const moved = Math.abs(to.scale - from.scale) < 1e-6 ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return { x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved, scale };
}

/** A step towards a view in which what was under the wheel stays under it. */
export function followed(from: View, to: View, share: number): View {
  const scale = from.scale * (to.scale / from.scale) ** share;
  const whole = 1 / from.scale - 1 / to.scale;
  const moved = Math.abs(whole) < 1e-9 ? 1 : (1 / from.scale - 1 / scale) / whole;
  return { x: from.x + (to.x - from.x) * moved, y: from.y + (to.y - from.y) * moved, scale };
}

/** The view as the address says it. */
export function viewText(view: View): string {
  return `${view.x.toFixed(1)},${view.y.toFixed(1)},${view.scale.toPrecision(4)}`;
}

/** The view of a text; null where it is none. */
export function parseView(text: string | null): View | null {
  const parts = (text ?? '').split(',').map(Number);
  const [x, y, scale] = parts;
  const whole = parts.length === 3 && parts.every(Number.isFinite);
  return whole && scale! > 0 ? { x: x!, y: y!, scale: Math.min(MOST_SCALE, scale!) } : null;
}
