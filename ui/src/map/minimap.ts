/** The whole map, small, with what of it is on the screen. */

import { StateRaster } from './raster';
import type { Scene } from './scene';
import { toLattice, toScreen, visible, type Size, type View } from './view';

export class Minimap {
  readonly #raster = new StateRaster();

  /** The view that the small map has of all. */
  whole(scene: Scene, size: Size): View {
    const { width, height } = scene.model.lattice;
    const scale = Math.min(size.width / Math.max(1, width), size.height / Math.max(1, height));
    return { x: width / 2, y: height / 2, scale };
  }

  draw(pen: CanvasRenderingContext2D, scene: Scene, size: Size, main: View, mainSize: Size): void {
    const { palette, model } = scene;
    const view = this.whole(scene, size);
    pen.fillStyle = palette.surface('page');
    pen.fillRect(0, 0, size.width, size.height);
    pen.fillStyle = palette.surface('panel');
    for (const region of model.lattice.inside[0]!) {
      for (const rect of model.lattice.areas[region]!.rects) {
        const [x, y] = toScreen(view, size, rect.x, rect.y);
        pen.fillRect(x, y, rect.width * view.scale, rect.height * view.scale);
      }
    }
    this.#raster.draw(pen, view, size, model.pyramid, palette);
    const shown = visible(main, mainSize);
    const [x0, y0] = toScreen(view, size, shown.x, shown.y);
    const [x1, y1] = toScreen(view, size, shown.x + shown.width, shown.y + shown.height);
    const [left, top] = [Math.max(1, x0), Math.max(1, y0)];
    pen.strokeStyle = palette.surface('focus');
    pen.lineWidth = 1.5;
    pen.strokeRect(left, top, Math.min(size.width - 1, x1) - left, Math.min(size.height - 1, y1) - top);
  }

  /** The slot at a point of the small map. */
  at(scene: Scene, size: Size, px: number, py: number): [number, number] {
    return toLattice(this.whole(scene, size), size, px, py);
  }
}
