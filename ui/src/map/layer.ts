/**
 * A part of the map as a picture of its own, half as large again as the screen: hundreds of curves are
 * drawn once, and moved and scaled with the map until they no longer fit. Sharp again as soon as the
 * view stands still.
 */

import type { Scene } from './scene';
import type { Pen } from './shapes';
import { toScreen, visible, type Size, type View } from './view';

const BEYOND = 1.5;
const STILL_MS = 120;

/** What a layer shows. */
export interface Content {
  readonly draw: (pen: Pen, scene: Scene, view: View, size: Size) => void;
  /** What else it depends on than where it is seen from: it is drawn anew where a part of this changes. */
  readonly key: (scene: Scene, view: View) => readonly unknown[];
  /** How far the picture is scaled before it is drawn anew in the middle of a zoom. */
  readonly mostScaled: number;
}

export class Layer {
  readonly #content: Content;
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #pen = this.#canvas.getContext('2d')!;
  #key: readonly unknown[] = [];
  #view: View = { x: 0, y: 0, scale: 0 };
  #size: Size = { width: 0, height: 0 };
  #scale = 0;
  #scaledAt = 0;

  constructor(content: Content) {
    this.#content = content;
  }

  /** Draws it; answers whether it is to be drawn again, sharper. */
  draw(pen: Pen, scene: Scene, view: View, size: Size, now: number): boolean {
    if (view.scale !== this.#scale) {
      this.#scale = view.scale;
      this.#scaledAt = now;
    }
    const scaled = view.scale / this.#view.scale;
    const blurred = scaled !== 1;
    if (this.#isOutdated(scene, view, size, scaled) || (blurred && now - this.#scaledAt > STILL_MS)) {
      this.#make(scene, view, size, pen);
    }
    const shown = visible(this.#view, this.#size);
    const [x, y] = toScreen(view, size, shown.x, shown.y);
    pen.imageSmoothingEnabled = view.scale !== this.#view.scale;
    pen.drawImage(this.#canvas, x, y, shown.width * view.scale, shown.height * view.scale);
    return view.scale !== this.#view.scale;
  }

  #isOutdated(scene: Scene, view: View, size: Size, scaled: number): boolean {
    const { key, mostScaled } = this.#content;
    const wanted = visible(view, size);
    const there = visible(this.#view, this.#size);
    const beyond =
      wanted.x < there.x - 1 ||
      wanted.y < there.y - 1 ||
      wanted.x + wanted.width > there.x + there.width + 1 ||
      wanted.y + wanted.height > there.y + there.height + 1;
    const far = scaled > mostScaled || scaled < 1 / mostScaled;
    // Farther out than what was drawn: what came into sight is drawn when the view stands still.
    return far || (beyond && scaled >= 1) || key(scene, view).some((part, i) => part !== this.#key[i]);
  }

  #make(scene: Scene, view: View, size: Size, like: Pen): void {
    const pixels = like.getTransform().a;
    this.#key = this.#content.key(scene, view);
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
    this.#content.draw(this.#pen, scene, view, this.#size);
  }
}
