/** Edges between nodes, and bundles of them between zones. Health is width, dash and gap; crossing a trust domain a mark. */

import { DEGRADED, DOWN, NOT_KNOWN, OK, type Edges } from './bytes';
import { domainColour } from './areas';
import type { Bundle, Scene } from './scene';
import type { Pen } from './shapes';
import { Layer, type Content } from './layer';
import { detail, toScreen, type Size, type View } from './view';

/** How far an edge bends aside, as a share of its length: edges of a lattice would lie on each other. */
const BEND = 0.14;
const MOST_IN_PATH = 24;
const STYLES = [
  { health: OK, width: 1, dash: [], alpha: 0.34 },
  { health: NOT_KNOWN, width: 1, dash: [1, 3], alpha: 0.34 },
  { health: DEGRADED, width: 1.6, dash: [5, 3], alpha: 0.7 },
  { health: DOWN, width: 2.2, dash: [3, 7], alpha: 0.85 },
] as const;

const EDGES: Content = {
  draw: edges,
  key: (scene, view) => [scene.edges, scene.palette.theme, scene.model.lattice, detail(view.scale)],
  mostScaled: 2.5,
};

const BUNDLES: Content = {
  draw: bundles,
  key: (scene) => [scene.bundles, scene.palette.theme, scene.model.lattice, about(scene)],
  mostScaled: 1.6,
};

/** The edges of nodes, those of one node in front. */
export class EdgeLayer {
  readonly #layer = new Layer(EDGES);

  /** Draws them; answers whether they are to be drawn again, sharper. */
  draw(pen: Pen, scene: Scene, view: View, size: Size, now: number): boolean {
    if (scene.edges.from.length === 0) {
      return false;
    }
    const home = scene.selected >= 0 ? scene.selected : scene.hovered;
    const aside = home >= 0 || scene.palette.chosen !== null || scene.model.base !== null;
    pen.globalAlpha = aside ? 0.4 : 1;
    const again = this.#layer.draw(pen, scene, view, size, now);
    pen.globalAlpha = 1;
    if (home >= 0) {
      edgesOf(pen, scene, view, size, home);
    }
    return again;
  }
}

/** The bundles between zones. */
export class BundleLayer {
  readonly #layer = new Layer(BUNDLES);

  /** Draws them; answers whether they are to be drawn again, sharper. */
  draw(pen: Pen, scene: Scene, view: View, size: Size, now: number): boolean {
    return scene.bundles.length > 0 && this.#layer.draw(pen, scene, view, size, now);
  }
}

/** Draws all edges of nodes, none above the others. */
function edges(pen: Pen, scene: Scene, view: View, size: Size): void {
  const glyphs = detail(view.scale) === 'glyphs';
  for (const style of STYLES) {
    stroke(pen, scene, view, size, style, () => true, glyphs ? 1 : 0.5);
  }
  if (glyphs) {
    crossings(pen, scene, view, size, () => true);
  }
}

/** Draws the edges of one node, strongly. */
function edgesOf(pen: Pen, scene: Scene, view: View, size: Size, home: number): void {
  const wanted = (from: number, to: number) => from === home || to === home;
  for (const style of STYLES) {
    stroke(pen, scene, view, size, style, wanted, 2.2);
  }
  crossings(pen, scene, view, size, wanted);
}

function stroke(
  pen: Pen,
  scene: Scene,
  view: View,
  size: Size,
  style: (typeof STYLES)[number],
  wanted: (from: number, to: number) => boolean,
  strength: number,
): void {
  const list: Edges = scene.edges;
  pen.globalAlpha = Math.min(1, style.alpha * strength);
  pen.lineWidth = style.width;
  pen.setLineDash(style.dash as unknown as number[]);
  pen.strokeStyle = scene.palette.surface(style.health === DOWN ? 'bad' : style.health === DEGRADED ? 'muted' : 'edge');
  let begun = 0;
  for (let i = 0; i < list.from.length; i++) {
    if (list.health[i] === style.health && wanted(list.from[i]!, list.to[i]!)) {
      if (begun === 0) {
        pen.beginPath();
      }
      path(pen, scene, view, size, list.from[i]!, list.to[i]!);
      // A long path costs more than its parts: every line of pixels looks at all of it.
      if (++begun === MOST_IN_PATH) {
        pen.stroke();
        begun = 0;
      }
    }
  }
  if (begun > 0) {
    pen.stroke();
  }
  pen.setLineDash([]);
  pen.globalAlpha = 1;
}

function middle(scene: Scene, view: View, size: Size, home: number): [number, number] {
  const { lattice } = scene.model;
  return toScreen(view, size, lattice.x(home) + 0.5, lattice.y(home) + 0.5);
}

function path(pen: Pen, scene: Scene, view: View, size: Size, from: number, to: number): void {
  const { lattice } = scene.model;
  if (from >= lattice.size || to >= lattice.size) {
    return;
  }
  const [x0, y0] = middle(scene, view, size, from);
  const [x1, y1] = middle(scene, view, size, to);
  pen.moveTo(x0, y0);
  pen.quadraticCurveTo((x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND, x1, y1);
}

/** A small bar across the middle of what leads into another trust domain. */
function crossings(pen: Pen, scene: Scene, view: View, size: Size, wanted: (from: number, to: number) => boolean): void {
  const list = scene.edges;
  pen.beginPath();
  for (let i = 0; i < list.from.length; i++) {
    if (list.crossing[i] === 1 && wanted(list.from[i]!, list.to[i]!)) {
      const [x0, y0] = middle(scene, view, size, list.from[i]!);
      const [x1, y1] = middle(scene, view, size, list.to[i]!);
      mark(pen, x0, y0, x1, y1);
    }
  }
  pen.lineWidth = 1.5;
  pen.strokeStyle = domainColour(scene);
  pen.stroke();
}

function mark(pen: Pen, x0: number, y0: number, x1: number, y1: number): void {
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const ux = (x1 - x0) / length;
  const uy = (y1 - y0) / length;
  const x = (x0 + x1) / 2 - (uy * length * BEND) / 2;
  const y = (y0 + y1) / 2 + (ux * length * BEND) / 2;
  for (const along of [-2, 2]) {
    pen.moveTo(x + ux * along - uy * 4, y + uy * along + ux * 4);
    pen.lineTo(x + ux * along + uy * 4, y + uy * along - ux * 4);
  }
}

/** Draws bundles between zones: quiet where they are whole, plain where something is down, strongest at the area in focus. */
function bundles(pen: Pen, scene: Scene, view: View, size: Size): void {
  const { lattice } = scene.model;
  const focus = about(scene);
  for (const bundle of scene.bundles) {
    const touches = focus > 0 && [bundle.from, bundle.to].some((zone) => lattice.path(zone).includes(focus));
    const alpha = focus > 0 ? (touches ? 0.85 : 0.05) : bundle.down > 0 ? 0.34 : 0.14;
    curve(pen, scene, view, size, bundle, alpha);
  }
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

/** The area that is pointed at, else the one in focus; 0 for none. */
function about(scene: Scene): number {
  return scene.hoveredArea > 0 ? scene.hoveredArea : scene.area;
}

function curve(pen: Pen, scene: Scene, view: View, size: Size, bundle: Bundle, alpha: number): void {
  const { bounds } = scene.model.lattice;
  const from = bounds[bundle.from]!;
  const to = bounds[bundle.to]!;
  const [x0, y0] = toScreen(view, size, from.x + from.width / 2, from.y + from.height / 2);
  const [x1, y1] = toScreen(view, size, to.x + to.width / 2, to.y + to.height / 2);
  const health = bundle.down * 2 > bundle.edges ? DOWN : bundle.down + bundle.degraded > 0 ? DEGRADED : OK;
  pen.globalAlpha = alpha;
  pen.lineWidth = Math.min(6, 0.8 + Math.log2(1 + bundle.edges) / 2.2);
  pen.setLineDash(health === DOWN ? [3, 7] : health === DEGRADED ? [7, 3] : []);
  pen.strokeStyle = scene.palette.surface(health === DOWN ? 'bad' : health === DEGRADED ? 'muted' : 'edge');
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.quadraticCurveTo((x0 + x1) / 2 - (y1 - y0) * BEND, (y0 + y1) / 2 + (x1 - x0) * BEND, x1, y1);
  pen.stroke();
  if (bundle.crossing > 0) {
    pen.setLineDash([]);
    pen.strokeStyle = domainColour(scene);
    pen.lineWidth = 1.5;
    pen.beginPath();
    mark(pen, x0, y0, x1, y1);
    pen.stroke();
  }
}
