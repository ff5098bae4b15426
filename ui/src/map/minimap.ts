/** The whole map, small, with what of it is on the screen. */

import { OVERLAY } from './bits';
import { REGION, ZONE } from './bytes';
import { mixed } from './palette';
import type { Scene } from './scene';
import { fit, toLattice, toScreen, visible, type Size, type View } from './view';

/** What most of a zone is. */
function zoneColour(scene: Scene, zone: number): string {
  const { palette, model } = scene;
  const counts = model.census.composition(zone, palette.overlay);
  let most = 0;
  counts.forEach((count, category) => (most = count > counts[most]! ? category : most));
  if (counts[most] === 0) {
    return palette.surface('page');
  }
  return mixed(palette.marks[most]!, palette.surface('page'), OVERLAY[palette.overlay].ranks[most] === 1 ? 0.45 : 0.9);
}

export class Minimap {
  /** The view that the small map has of all. */
  whole(scene: Scene, size: Size): View {
    return fit(scene.model.lattice.settled, size);
  }

  draw(pen: CanvasRenderingContext2D, scene: Scene, size: Size, main: View, mainSize: Size): void {
    const { palette, model } = scene;
    const view = this.whole(scene, size);
    pen.fillStyle = palette.surface('page');
    pen.fillRect(0, 0, size.width, size.height);
    for (const area of model.lattice.areas) {
      if (area.level === REGION || area.level === ZONE) {
        pen.fillStyle = area.level === REGION ? palette.surface('panel') : zoneColour(scene, area.number);
        for (const rect of area.rects) {
          const [x, y] = toScreen(view, size, rect.x, rect.y);
          pen.fillRect(x, y, rect.width * view.scale - 0.5, rect.height * view.scale - 0.5);
          if (area.level === ZONE) {
            this.#alarm(pen, scene, area.number, x, y, Math.min(rect.width, rect.height) * view.scale);
          }
        }
      }
    }
    const shown = visible(main, mainSize);
    const [x0, y0] = toScreen(view, size, shown.x, shown.y);
    const [x1, y1] = toScreen(view, size, shown.x + shown.width, shown.y + shown.height);
    const [left, top] = [Math.max(1, x0), Math.max(1, y0)];
    pen.strokeStyle = palette.surface('focus');
    pen.lineWidth = 1.5;
    pen.strokeRect(left, top, Math.min(size.width - 1, x1) - left, Math.min(size.height - 1, y1) - top);
  }

  /** A corner of a zone as large as the share of it that wants attention. */
  #alarm(pen: CanvasRenderingContext2D, scene: Scene, zone: number, x: number, y: number, side: number): void {
    const { census } = scene.model;
    const wanting = census.attention(zone);
    if (wanting > 0) {
      const corner = Math.max(1.5, side * Math.sqrt(wanting / census.nodes(zone)) * 0.8);
      pen.fillStyle = scene.palette.surface('bad');
      pen.fillRect(x, y, corner, corner);
    }
  }

  /** The slot at a point of the small map. */
  at(scene: Scene, size: Size, px: number, py: number): [number, number] {
    return toLattice(this.whole(scene, size), size, px, py);
  }
}
