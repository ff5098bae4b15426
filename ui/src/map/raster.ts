/** The state raster: one texel a node, or the worst of several, laid onto the map as one scaled picture. */

import type { Palette } from './palette';
import type { Pyramid } from './pyramid';
import type { Pen } from './shapes';
import { detail, toScreen, visible, type Size, type View } from './view';

/** How many pixels a texel is wide at least: below one some would not be drawn at all. */
const LEAST_TEXEL = 1;

export class StateRaster {
  readonly #canvas = new OffscreenCanvas(1, 1);
  readonly #pen = this.#canvas.getContext('2d', { willReadFrequently: false })!;
  #image: ImageData | null = null;

  /** Draws what is visible of the states. */
  draw(pen: Pen, view: View, size: Size, pyramid: Pyramid, palette: Palette): void {
    const level = pyramid.levelAt(view.scale, LEAST_TEXEL);
    const raster = pyramid.levels[level]!;
    const texel = 2 ** level;
    const shown = visible(view, size);
    const left = Math.max(0, Math.floor(shown.x / texel));
    const top = Math.max(0, Math.floor(shown.y / texel));
    const right = Math.min(raster.width, Math.ceil((shown.x + shown.width) / texel));
    const bottom = Math.min(raster.height, Math.ceil((shown.y + shown.height) / texel));
    const width = right - left;
    const height = bottom - top;
    if (width <= 0 || height <= 0) {
      return;
    }
    const image = this.#room(width, height);
    const pixels = new Uint32Array(image.data.buffer);
    const colours = detail(view.scale) === 'tiles' ? palette.farTexels : palette.texels;
    for (let y = 0; y < height; y++) {
      const from = (top + y) * raster.width + left;
      const to = y * image.width;
      for (let x = 0; x < width; x++) {
        pixels[to + x] = colours[raster.bits[from + x]!]!;
      }
    }
    this.#pen.putImageData(image, 0, 0, 0, 0, width, height);
    const [x, y] = toScreen(view, size, left * texel, top * texel);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.#canvas, 0, 0, width, height, x, y, width * texel * view.scale, height * texel * view.scale);
  }

  /** A picture at least as large; made anew only to grow. */
  #room(width: number, height: number): ImageData {
    const image = this.#image;
    if (image !== null && image.width >= width && image.height >= height) {
      return image;
    }
    this.#canvas.width = Math.max(width, image?.width ?? 0);
    this.#canvas.height = Math.max(height, image?.height ?? 0);
    this.#image = new ImageData(this.#canvas.width, this.#canvas.height);
    return this.#image;
  }
}
