/** One frame of the map: `draw(view, arrays)`. Knows no framework, and nothing of where the arrays come from. */

import { bars, frames, grounds, names } from './areas';
import { Labels } from './labels';
import { BundleLayer, EdgeLayer } from './links';
import { homesOn, nodeNames, nodes, ring } from './nodes';
import { StateRaster } from './raster';
import type { Scene } from './scene';
import type { Pen } from './shapes';
import { detail, type Size, type View } from './view';

/** How many nodes are drawn one by one; where more are on the screen, the raster stays. */
export const MOST_NODES = 12_000;

/** What a frame showed. */
export interface Drawn {
  /** Whether something in it moves, and another frame is wanted. */
  readonly moving: boolean;
  /** The homes that were drawn one by one. */
  readonly homes: readonly number[];
}

const NONE: readonly number[] = [];

export class MapPainter {
  readonly #raster = new StateRaster();
  readonly #edges = new EdgeLayer();
  readonly #bundles = new BundleLayer();

  /** Draws a frame. The pen's unit is a CSS pixel. */
  draw(pen: Pen, scene: Scene, view: View, size: Size, now: number): Drawn {
    const { palette, model } = scene;
    pen.fillStyle = palette.surface('page');
    pen.fillRect(0, 0, size.width, size.height);
    grounds(pen, scene, view, size);
    const level = detail(view.scale);
    const near = level === 'shapes' || level === 'glyphs';
    const homes = near ? homesOn(scene, view, size) : NONE;
    const labels = new Labels();
    let moving = false;
    if (near && homes.length <= MOST_NODES) {
      frames(pen, scene, view, size);
      if (scene.showEdges) {
        moving = this.#edges.draw(pen, scene, view, size, now);
      }
      moving = nodes(pen, scene, view, size, homes, now) || moving;
      names(pen, scene, view, size, labels);
      nodeNames(pen, scene, view, size, homes, labels);
      return { moving, homes };
    }
    this.#raster.draw(pen, view, size, model.pyramid, palette);
    frames(pen, scene, view, size);
    if (level === 'tiles') {
      bars(pen, scene, view, size);
    }
    if (scene.showEdges) {
      moving = this.#bundles.draw(pen, scene, view, size, now);
    }
    ring(pen, scene, view, size, scene.hovered, palette.surface('edge'), 1.5);
    ring(pen, scene, view, size, scene.selected, palette.surface('focus'), 2.5);
    names(pen, scene, view, size, labels);
    return { moving, homes: NONE };
  }
}
