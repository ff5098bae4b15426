/** Regions, zones and clusters: frames, trust-domain boundaries, names, and the tiles that stand for them from afar. */

import { count, duration } from '../parts/format';
import { CLUSTER, REGION, ZONE, type Area, type Rect } from './bytes';
import { fitted, widthOf, type Labels } from './labels';
import { largest } from './lattice';
import { DOMAIN } from './palette';
import { MIXED, NOBODY, type Scene } from './scene';
import type { Pen } from './shapes';
import { toScreen, visible, type Size, type View } from './view';

const FONT = 'system-ui, sans-serif';
const CHIP = 17;
const BAR = 4;
/** A frame is drawn where an area is at least so many pixels wide. */
const LEAST_FRAME = 6;
const LEAST_BAR = 16;
const CLUSTER_NAMES_FROM = 12;
/** Below these an area says how many want attention by its bar, and its name where it is pointed at: text would hide the nodes. */
const LEAST_BADGE = 44;
const LEAST_NAME = 32;

/** What of an area is on the screen. */
interface Placed {
  readonly area: Area;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function eachVisible(scene: Scene, view: View, size: Size, take: (placed: Placed, rect: Rect) => void): void {
  const { areas } = scene.model.lattice;
  const shown = visible(view, size);
  for (let number = 1; number < areas.length; number++) {
    const area = areas[number]!;
    for (const rect of area.rects) {
      const outside =
        rect.x > shown.x + shown.width || rect.y > shown.y + shown.height || rect.x + rect.width < shown.x || rect.y + rect.height < shown.y;
      if (!outside) {
        const [x, y] = toScreen(view, size, rect.x, rect.y);
        take({ area, x, y, width: rect.width * view.scale, height: rect.height * view.scale }, rect);
      }
    }
  }
}

/** The ground that zones stand on, below everything else. */
export function grounds(pen: Pen, scene: Scene, view: View, size: Size): void {
  const { palette } = scene;
  eachVisible(scene, view, size, ({ area, x, y, width, height }) => {
    if (area.level === REGION) {
      pen.fillStyle = palette.surface('panel');
      pen.fillRect(x, y, width, height);
    } else if (area.level === ZONE && width >= LEAST_FRAME) {
      pen.fillStyle = palette.surface('page');
      pen.fillRect(x + 0.5, y + 0.5, width - 1, height - 1);
    }
  });
}

/** Frames of areas, and dashed ones where another trust domain begins. */
export function frames(pen: Pen, scene: Scene, view: View, size: Size): void {
  const { palette } = scene;
  const clusters = view.scale >= 4;
  pen.lineWidth = 1;
  eachVisible(scene, view, size, ({ area, x, y, width, height }) => {
    if (width < LEAST_FRAME || (area.level === CLUSTER && !clusters)) {
      return;
    }
    const stood = area.number === scene.area || area.number === scene.hoveredArea;
    pen.strokeStyle = stood ? palette.surface('edge') : palette.surface('line');
    const inset = area.level === REGION ? -0.5 : area.level === ZONE ? 0.5 : 1.5;
    pen.strokeRect(Math.round(x) + inset, Math.round(y) + inset, Math.round(width) - 2 * inset, Math.round(height) - 2 * inset);
    if (boundary(scene, area)) {
      pen.strokeStyle = domainColour(scene);
      pen.lineWidth = 1.5;
      pen.setLineDash([2, 3]);
      pen.strokeRect(x + 2, y + 2, width - 4, height - 4);
      pen.setLineDash([]);
      pen.lineWidth = 1;
    }
  });
  if (scene.area > 0) {
    focusFrame(pen, scene, view, size);
  }
}

function focusFrame(pen: Pen, scene: Scene, view: View, size: Size): void {
  pen.strokeStyle = scene.palette.surface('focus');
  pen.lineWidth = 2;
  for (const rect of scene.model.lattice.areas[scene.area]!.rects) {
    const [x, y] = toScreen(view, size, rect.x, rect.y);
    pen.strokeRect(x - 1, y - 1, rect.width * view.scale + 2, rect.height * view.scale + 2);
  }
  pen.lineWidth = 1;
}

export function domainColour(scene: Scene): string {
  return DOMAIN[scene.palette.theme];
}

/** Whether an area is in a trust domain that what is around it is not, or not wholly, in. */
export function boundary(scene: Scene, area: Area): boolean {
  const { domains } = scene;
  if (domains === null || area.number >= domains.of.length) {
    return false;
  }
  const own = domains.of[area.number]!;
  return own !== MIXED && own !== NOBODY && own !== domains.common && domains.of[area.above] !== own;
}

/** The bars of composition at the feet of zones, where nodes are too small to be told apart. */
export function bars(pen: Pen, scene: Scene, view: View, size: Size): void {
  const { palette, model } = scene;
  eachVisible(scene, view, size, ({ area, x, y, width, height }, rect) => {
    if (area.level !== ZONE || width < LEAST_BAR || rect !== largest(area.rects)) {
      return;
    }
    const nodes = model.census.nodes(area.number);
    const composition = model.census.composition(area.number, palette.overlay);
    pen.fillStyle = palette.surface('page');
    pen.fillRect(x + 1, y + height - BAR - 2, width - 2, BAR + 2);
    if (nodes === 0) {
      return;
    }
    const present = composition.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
    // What is there at all is at least a pixel wide.
    const room = width - 4 - present;
    alarm(pen, scene, area, { x: x + 2, y: y + height - BAR - 5, width: width - 4, height: 3 });
    let at = x + 2;
    composition.forEach((value, category) => {
      if (value > 0) {
        const part = 1 + (room * value) / nodes;
        pen.fillStyle = (palette.stands(category) ? palette.marks : palette.fadedMarks)[category]!;
        pen.fillRect(at, y + height - BAR - 1, part, BAR);
        at += part;
      }
    });
  });
}

/** How large the share is that wants attention: the square root, so that one of many is seen. */
function alarm(pen: Pen, scene: Scene, area: Area, room: Rect): void {
  const { census } = scene.model;
  const wanting = census.attention(area.number);
  if (wanting > 0) {
    pen.fillStyle = scene.palette.surface('page');
    pen.fillRect(room.x, room.y - 1, room.width, room.height + 1);
    pen.fillStyle = scene.palette.surface('bad');
    pen.fillRect(room.x, room.y, Math.max(3, room.width * Math.sqrt(wanting / census.nodes(area.number))), room.height - 1);
  }
}

/** Names of areas with what they hold, the larger areas first, none over another. */
export function names(pen: Pen, scene: Scene, view: View, size: Size, labels: Labels): void {
  const chips: Placed[] = [];
  eachVisible(scene, view, size, (placed, rect) => {
    if (rect === largest(placed.area.rects)) {
      if (placed.area.level === CLUSTER) {
        clusterName(pen, scene, view, placed, rect, labels);
      } else {
        chips.push(placed);
      }
    }
  });
  chips.sort((a, b) => a.area.level - b.area.level);
  for (const placed of chips) {
    chip(pen, scene, placed, size, labels);
  }
}

/** The name of a cluster, where its last row has slots to spare: never over a node. */
function clusterName(pen: Pen, scene: Scene, view: View, placed: Placed, rect: Rect, labels: Labels): void {
  if (view.scale < CLUSTER_NAMES_FROM) {
    return;
  }
  const { lattice } = scene.model;
  const { area } = placed;
  const free = rect.width * rect.height - lattice.homesIn[area.number]!.length;
  const room = Math.min(free, rect.width) * view.scale - 6;
  pen.font = `400 10px ${FONT}`;
  const text = lattice.title(area.number).replace(/-cluster$/, '');
  const width = widthOf(pen, text);
  const x = placed.x + placed.width - width - 5;
  const y = placed.y + placed.height - view.scale / 2;
  if (area.rects.length === 1 && width <= room && labels.take(x, y - 7, width, 14)) {
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.fillStyle = scene.palette.surface('muted');
    pen.fillText(text, x, y);
  }
}

/** A name at the head of its area; below the name of the region where that stands there. */
function chip(pen: Pen, scene: Scene, placed: Placed, size: Size, labels: Labels): void {
  const { area } = placed;
  const { lattice } = scene.model;
  // Stays on the screen while any of the area does.
  const x = Math.max(placed.x, 0) + 1;
  const top = Math.max(placed.y, 0) + 1;
  const room = Math.min(placed.x + placed.width, size.width) - x - 2;
  const high = Math.min(placed.y + placed.height, size.height) - top;
  const stood = area.number === scene.area || area.number === scene.hoveredArea;
  if (room < (stood ? 14 : LEAST_NAME) || high < CHIP) {
    return;
  }
  pen.font = `${area.level === REGION ? '600 12' : '500 11'}px ${FONT}`;
  const badge = room < LEAST_BADGE ? '' : attention(scene, area);
  const badgeWidth = badge === '' ? 0 : widthOf(pen, badge) + 9;
  let text = fitted(pen, lattice.title(area.number), room - 8 - badgeWidth);
  if (text === '' && (badge === '' || room < badgeWidth + 2)) {
    return;
  }
  const more = text === lattice.title(area.number) ? facts(pen, scene, area, room - 14 - badgeWidth - widthOf(pen, text)) : '';
  const textWidth = text === '' ? 0 : widthOf(pen, text) + 8 + (more === '' ? 0 : widthOf(pen, more) + 6);
  const width = textWidth + badgeWidth;
  const y = [top, top + CHIP].find((at) => at + CHIP <= top + high && labels.take(x, at, width, CHIP - 4));
  if (y === undefined) {
    return;
  }
  pen.globalAlpha = 0.92;
  pen.fillStyle = scene.palette.surface(area.level === REGION ? 'raised' : 'page');
  pen.fillRect(x, y, width, CHIP - 1);
  pen.globalAlpha = 1;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillStyle = scene.palette.surface('ink');
  pen.fillText(text, x + 4, y + CHIP / 2);
  if (more !== '') {
    pen.fillStyle = scene.palette.surface('muted');
    pen.fillText(more, x + 10 + widthOf(pen, text), y + CHIP / 2);
  }
  if (badge !== '') {
    badgeAt(pen, scene, badge, x + textWidth, y, badgeWidth);
  }
}

function attention(scene: Scene, area: Area): string {
  const wanting = scene.model.census.attention(area.number);
  return wanting === 0 ? '' : `!${count(wanting)}`;
}

function badgeAt(pen: Pen, scene: Scene, badge: string, x: number, y: number, width: number): void {
  pen.lineWidth = 1;
  pen.strokeStyle = scene.palette.surface('bad');
  pen.fillStyle = scene.palette.surface('bad');
  pen.strokeRect(x + 1.5, y + 2.5, width - 4, CHIP - 6);
  pen.fillText(badge, x + 4, y + CHIP / 2);
}

/** How many nodes, and how late the latest twentieth of them is: as much as fits. */
function facts(pen: Pen, scene: Scene, area: Area, room: number): string {
  const { census } = scene.model;
  const debt = census.debtP95(area.number);
  const nodes = count(census.nodes(area.number));
  const late = debt === null || debt === 0 ? '' : `p95 ${duration(debt)}`;
  const both = late === '' ? nodes : `${nodes} · ${late}`;
  return widthOf(pen, both) <= room ? both : widthOf(pen, nodes) <= room ? nodes : '';
}
