/**
 * Edges as a picture of their own, half as large again as the screen: thousands of curves are drawn
 * once, and moved and scaled with the map until they no longer fit. Sharp again as soon as the view
 * stands still.
 */

import { edges, edgesOf } from './links';
import type { Scene } from './scene';
import type { Pen } from './shapes';
import { detail, toScreen, visible, type Size, type View } from './view';

const BEYOND = 1.5;
/** How far the picture is scaled before it is drawn anew in the middle of a zoom. */
const MOST_SCALED = 2.5;
const STILL_MS = 120;

export class EdgeLayer {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #pen = this.#canvas.getContext('2d')!;
  #key: readonly unknown[] = [];
  #view: View = { x: 0, y: 0, scale: 0 };
  #size: Size = { width: 0, height: 0 };
  #scale = 0;
  #scaledAt = 0;

  /** Draws the edges; answers whether they are to be drawn again, sharper. */
  draw(pen: Pen, scene: Scene, view: View, size: Size, now: number): boolean {
    if (scene.edges.from.length === 0) {
      return false;
    }
    if (view.scale !== this.#scale) {
      this.#scale = view.scale;
      this.#scaledAt = now;
    }
    const scaled = view.scale / this.#view.scale;
    const blurred = scaled !== 1;
    if (this.#isOutdated(scene, view, size, scaled) || (blurred && now - this.#scaledAt > STILL_MS)) {
      this.#make(scene, view, size, pen);
    }
    const about = scene.selected >= 0 ? scene.selected : scene.hovered;
    const aside = about >= 0 || scene.palette.chosen !== null || scene.model.base !== null;
    pen.globalAlpha = aside ? 0.4 : 1;
    const shown = visible(this.#view, this.#size);
    const [x, y] = toScreen(view, size, shown.x, shown.y);
    pen.imageSmoothingEnabled = view.scale !== this.#view.scale;
    pen.drawImage(this.#canvas, x, y, shown.width * view.scale, shown.height * view.scale);
    pen.globalAlpha = 1;
    if (about >= 0) {
      edgesOf(pen, scene, view, size, about);
    }
    return view.scale !== this.#view.scale;
  }

  #isOutdated(scene: Scene, view: View, size: Size, scaled: number): boolean {
    const key = this.#keyOf(scene, view);
    const wanted = visible(view, size);
    const there = visible(this.#view, this.#size);
    const beyond =
      wanted.x < there.x - 1 ||
      wanted.y < there.y - 1 ||
      wanted.x + wanted.width > there.x + there.width + 1 ||
      wanted.y + wanted.height > there.y + there.height + 1;
    const far = scaled > MOST_SCALED || scaled < 1 / MOST_SCALED;
    // Farther out than what was drawn: the edges that came into sight are asked for anyway.
    return far || (beyond && scaled >= 1) || key.some((part, i) => part !== this.#key[i]);
  }

  #keyOf(scene: Scene, view: View): readonly unknown[] {
    return [scene.edges, scene.palette.theme, scene.model.lattice, detail(view.scale)];
  }

  #make(scene: Scene, view: View, size: Size, like: Pen): void {
    const pixels = like.getTransform().a;
    this.#key = this.#keyOf(scene, view);
    this.#view = view;
    this.#size = { width: size.width * BEYOND, height: size.height * BEYOND };
    const width = Math.ceil(this.#size.width * pixels);
    const height = Math.ceil(this.#size.height * pixels);
    if (this.#canvas.width !== width || this.#canvas.height !== height) {
      this.#canvas.width = width;
      this.#canvas.height = height;
    }
    this.#pen.setTransform(1, 0, 0, 1, 0, 0);
    this.#pen.clearRect(0, 0, width, height);
    this.#pen.setTransform(pixels, 0, 0, pixels, 0, 0);
    edges(this.#pen, scene, view, this.#size);
  }
}
