/** Nodes as shapes and glyphs, with their names where there is room, and rings around the chosen. */

import { SHOWN, STATE } from '../parts/encodings';
import { connectivity, isPresent, OVERLAY } from './bits';
import { fitted, type Labels } from './labels';
import type { Scene } from './scene';
import { MIDDLE } from './sprites';
import { shape, type Pen } from './shapes';
import { detail, toScreen, visible, type Size, type View } from './view';

const TURN_MS = 2_400;
/** Names of nodes from so many pixels a slot on. */
const NAMES_FROM = 40;
const NAME_HEIGHT = 12;

/** The homes on the screen, row by row. */
export function homesOn(scene: Scene, view: View, size: Size): number[] {
  const { lattice } = scene.model;
  const shown = visible(view, size);
  const homes: number[] = [];
  const bottom = Math.min(lattice.height, Math.ceil(shown.y + shown.height));
  const right = Math.min(lattice.width, Math.ceil(shown.x + shown.width));
  for (let y = Math.max(0, Math.floor(shown.y)); y < bottom; y++) {
    for (let x = Math.max(0, Math.floor(shown.x)); x < right; x++) {
      const home = lattice.homeAt(x, y);
      if (home >= 0 && isPresent(scene.model.bits[home]!)) {
        homes.push(home);
      }
    }
  }
  return homes;
}

/** Draws nodes; answers whether any of them moves. */
export function nodes(pen: Pen, scene: Scene, view: View, size: Size, homes: readonly number[], now: number): boolean {
  const { model, sprites, palette } = scene;
  const glyphs = detail(view.scale) === 'glyphs';
  const { scale } = view;
  const { category } = OVERLAY[palette.overlay];
  const turn = scene.moves ? (now % TURN_MS) / TURN_MS : 0;
  let moving = false;
  pen.imageSmoothingEnabled = true;
  for (const home of homes) {
    const bits = model.bits[home]!;
    const [x, y] = toScreen(view, size, model.lattice.x(home), model.lattice.y(home));
    const same = !model.differs(home);
    const state = STATE[SHOWN[connectivity(bits)]!];
    if (same) {
      pen.globalAlpha = 0.16;
    }
    if (!glyphs && state.moves && scene.moves && !same && palette.stands(category(bits))) {
      moving = true;
      shape(pen, state.shape, x + scale / 2, y + scale / 2, scale * 0.4, palette.marks[category(bits)]!, turn);
    } else {
      pen.drawImage(sprites.of(bits, scale, glyphs), x, y, scale, scale);
      if (glyphs && state.moves && scene.moves && !same) {
        moving = true;
        pulse(pen, palette.marks[category(bits)]!, x, y, scale, turn);
      }
    }
    pen.globalAlpha = 1;
  }
  ring(pen, scene, view, size, scene.hovered, palette.surface('edge'), 1.5);
  ring(pen, scene, view, size, scene.selected, palette.surface('focus'), 2.5);
  return moving;
}

/** What is on its way back shows it by an arc that goes around. */
function pulse(pen: Pen, colour: string, x: number, y: number, scale: number, turn: number): void {
  pen.strokeStyle = colour;
  pen.lineWidth = Math.max(1.5, scale * 0.035);
  pen.beginPath();
  const from = turn * 2 * Math.PI;
  pen.arc(x + scale / 2, y + scale * MIDDLE, scale * 0.26, from, from + 0.9);
  pen.stroke();
}

/** A ring around a node, also where a node is a pixel. */
export function ring(pen: Pen, scene: Scene, view: View, size: Size, home: number, colour: string, width: number): void {
  if (home < 0) {
    return;
  }
  const { lattice } = scene.model;
  const [x, y] = toScreen(view, size, lattice.x(home) + 0.5, lattice.y(home) + 0.5);
  const half = Math.max(6, view.scale * 0.5);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.strokeRect(x - half, y - half, 2 * half, 2 * half);
}

/** Names below glyphs. */
export function nodeNames(pen: Pen, scene: Scene, view: View, size: Size, homes: readonly number[], labels: Labels): void {
  if (view.scale < NAMES_FROM) {
    return;
  }
  const { lattice } = scene.model;
  pen.font = '10px system-ui, sans-serif';
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  for (const home of homes) {
    const [x, y] = toScreen(view, size, lattice.x(home), lattice.y(home));
    const text = fitted(pen, lattice.ids.id(home), view.scale * 0.9);
    if (text !== '' && labels.take(x + 2, y + view.scale - NAME_HEIGHT - 1, view.scale - 4, NAME_HEIGHT)) {
      pen.fillStyle = scene.palette.surface(home === scene.selected ? 'ink' : 'muted');
      pen.fillText(text, x + view.scale / 2, y + view.scale * 0.91);
    }
  }
}
