/** What is measured in the browser: the map's own model and painter, on fleets that are made up. */

import { MapPainter } from '../../src/map/draw';
import { layoutOf, randomBits, randomOf, statesOf, type Sizes } from '../../src/map/fleets';
import { Model } from '../../src/map/model';
import { Palette } from '../../src/map/palette';
import { ZONE, type Edges } from '../../src/map/bytes';
import { domainsOfAreas, type Bundle, type DomainsOfAreas, type Scene } from '../../src/map/scene';
import { Sprites } from '../../src/map/sprites';
import { fit, type View } from '../../src/map/view';

const SIZE = { width: 1_280, height: 720 };
const WARM_MS = 600;
const SEED = 42;

export interface Frames {
  readonly fps: number;
  readonly p95: number;
  /** Time spent in changing and drawing, p95. */
  readonly workP95: number;
  readonly nodes: number;
  readonly edges: number;
}

export interface Asked {
  readonly sizes: Sizes;
  /** What share of the nodes changes with each frame. */
  readonly changing: number;
  /** `tour` zooms from the whole to a zone and back; `nodes` stands before glyphs. */
  readonly way: 'tour' | 'nodes';
  readonly ms: number;
}

/** Edges as a fleet has them: most between homes of one neighbourhood, a few across the screen. */
function edgesOf(homes: readonly number[], count: number, random: () => number): Edges {
  const from = Uint32Array.from({ length: count }, () => Math.floor(random() * homes.length));
  const beside = (at: number) => Math.min(homes.length - 1, Math.max(0, at + Math.floor((random() - 0.5) * 24)));
  const to = from.map((at) => (random() < 0.8 ? beside(at) : Math.floor(random() * homes.length)));
  return {
    stamp: { revision: 1, homes: homes.length, from: null, at: 0 },
    total: count,
    from: from.map((at) => homes[at]!),
    to: to.map((at) => homes[at]!),
    health: Uint8Array.from({ length: count }, () => (random() < 0.8 ? 0 : Math.floor(random() * 4))),
    crossing: Uint8Array.from({ length: count }, () => (random() < 0.1 ? 1 : 0)),
  };
}

const MOST_BUNDLES = 500;

/** As many bundles between zones as are ever shown, of every health; a tenth of them crosses. */
function bundlesOf({ lattice }: Model, random: () => number): Bundle[] {
  const zones = lattice.areas.filter(({ level }) => level === ZONE);
  const any = () => zones[Math.floor(random() * zones.length)]!.number;
  return Array.from({ length: MOST_BUNDLES }, () => ({
    from: any(),
    to: any(),
    edges: 1 + Math.floor(random() * 200),
    degraded: random() < 0.3 ? 1 : 0,
    down: random() < 0.1 ? 1 : 0,
    crossing: random() < 0.1 ? 1 : 0,
  }));
}

/** Every tenth cluster is in another trust domain than most. */
function domainsOf(model: Model): DomainsOfAreas {
  const { layout } = model.lattice;
  const of = Uint16Array.from(layout.clusters, (cluster) => (cluster % 10 === 0 ? 2 : 1));
  return domainsOfAreas(model, { stamp: layout.stamp, names: [null, 'most', 'few'], of });
}

function sceneOf(model: Model, random: () => number): Scene {
  const palette = new Palette('dark', 'connectivity', null);
  return {
    model,
    palette,
    sprites: new Sprites(palette, 1),
    edges: edgesOf([0], 0, Math.random),
    bundles: bundlesOf(model, random),
    domains: domainsOf(model),
    selected: -1,
    hovered: -1,
    area: 0,
    hoveredArea: 0,
    showEdges: true,
    moves: true,
  };
}

function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

export async function frames({ sizes, changing, way, ms }: Asked): Promise<Frames> {
  const random = randomOf(SEED);
  const model = new Model(layoutOf(sizes));
  model.show(statesOf(model.bits.length, random));
  const scene = sceneOf(model, random);
  const whole = fit({ x: 0, y: 0, width: model.lattice.width, height: model.lattice.height }, SIZE);
  const middle = { x: model.lattice.width / 2, y: model.lattice.height / 2 };
  const painter = new MapPainter();
  const pen = document.querySelector('canvas')!.getContext('2d', { alpha: false })!;
  // So near that three thousand nodes fill the screen, spare slots and frames included.
  const near: View = way === 'nodes' ? { x: model.lattice.width / 4 + 4, y: model.lattice.height / 4, scale: 16 } : { ...middle, scale: 7 };
  let drawn = painter.draw(pen, scene, near, SIZE, 0);
  if (way === 'nodes') {
    scene.edges = edgesOf(drawn.homes, 4_500, random);
  }
  const gaps: number[] = [];
  const works: number[] = [];
  const begun = performance.now();
  let last = begun;
  for (;;) {
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const since = performance.now();
    for (let i = Math.round(model.bits.length * changing); i > 0; i--) {
      model.change(Math.floor(random() * model.bits.length), randomBits(random));
    }
    const share = (1 - Math.cos(((now - begun) / 2_000) * Math.PI)) / 2;
    const scale = whole.scale * (near.scale / whole.scale) ** share;
    const swing = way === 'nodes' ? 6 * Math.sin(now / 500) : 20 * Math.sin(now / 700);
    drawn = painter.draw(pen, scene, way === 'nodes' ? { ...near, x: near.x + swing } : { x: middle.x + swing, y: middle.y, scale }, SIZE, now);
    if (since - begun > WARM_MS) {
      gaps.push(since - last);
      works.push(performance.now() - since);
    }
    last = since;
    if (since - begun > ms + WARM_MS) {
      break;
    }
  }
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    fps: (1_000 * gaps.length) / total,
    p95: percentile(gaps, 0.95),
    workP95: percentile(works, 0.95),
    nodes: drawn.homes.length || model.bits.length,
    edges: scene.edges.total,
  };
}

declare global {
  var measure: typeof frames;
}
globalThis.measure = frames;
