/**
 * The canvas: its frames, and what hands do on it (wheel, drag, pinch, click, double click).
 *
 * Draws only when something changed, is in flight, or moves. Owns the view; tells where it came to.
 */

import { isPresent } from './bits';
import { CLUSTER, MAP, ZONE } from './bytes';
import { MapPainter, type Drawn } from './draw';
import type { Scene } from './scene';
import { between, detail, fit, followed, isWhole, kept, leastScale, panBy, toLattice, zoomAt, type Size, type View } from './view';

/** Below this a press that moves is still a click. */
const CLICK_PX = 5;
const DOUBLE_MS = 350;
const FLIGHT_MS = 420;
/** How long the eye takes to follow the wheel. */
const FOLLOW_MS = 70;
const WHEEL = 0.0016;
/** What moves by itself is drawn so often. */
const MOVING_MS = 50;
const SETTLED_MS = 250;
const MOST_PIXELS = 2;

export interface Hands {
  /** Something else is under the pointer; `area` 0 and `home` -1 where nothing is. */
  readonly hover: (home: number, area: number, x: number, y: number) => void;
  readonly click: (home: number, area: number) => void;
  readonly doubleClick: (home: number, area: number) => void;
  /** The view stands still. */
  readonly settled: (view: View) => void;
  /** A frame was drawn. */
  readonly drawn: (view: View, size: Size, drawn: Drawn) => void;
}

interface Flight {
  readonly from: View;
  readonly to: View;
  readonly begun: number;
}

export class Stage {
  view: View = { x: 0, y: 0, scale: 1 };
  size: Size = { width: 1, height: 1 };
  scene: Scene | null = null;
  readonly #canvas: HTMLCanvasElement;
  readonly #pen: CanvasRenderingContext2D;
  readonly #hands: Hands;
  readonly #painter = new MapPainter();
  readonly #observer: ResizeObserver;
  readonly #ended = new AbortController();
  #target: View | null = null;
  #flight: Flight | null = null;
  #frame = 0;
  #last = 0;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #wake: ReturnType<typeof setTimeout> | undefined;
  #pointers = new Map<number, { x: number; y: number }>();
  #pressed: { x: number; y: number; moved: boolean } | null = null;
  #clicked = { at: 0, x: 0, y: 0 };

  constructor(canvas: HTMLCanvasElement, hands: Hands) {
    this.#canvas = canvas;
    this.#pen = canvas.getContext('2d', { alpha: false })!;
    this.#hands = hands;
    this.#observer = new ResizeObserver(() => this.#resize());
    this.#observer.observe(canvas);
    this.#listen();
    this.#resize();
  }

  end(): void {
    this.#ended.abort();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#settle);
    clearTimeout(this.#wake);
  }

  /** Wants a frame. */
  touch(): void {
    if (this.#frame === 0 && !this.#ended.signal.aborted) {
      this.#frame = requestAnimationFrame((now) => this.#tick(now));
    }
  }

  /** Is at a view at once. */
  jump(view: View): void {
    this.#flight = null;
    this.#target = null;
    this.view = view;
    this.#moved();
  }

  /** Flies to a view; is there at once where nothing is to move. */
  fly(to: View): void {
    if (this.scene?.moves === false) {
      this.jump(to);
      return;
    }
    this.#target = null;
    this.#flight = { from: this.view, to, begun: performance.now() };
    this.touch();
  }

  /** The view that shows an area whole. */
  fitting(area: number): View {
    const { lattice } = this.scene!.model;
    const most = lattice.areas[area]!.level === CLUSTER ? 64 : 48;
    return fit(lattice.bounds[area]!, this.size, area === MAP ? 40 : most);
  }

  zoom(factor: number): void {
    this.#zoomAt(this.size.width / 2, this.size.height / 2, factor);
    this.touch();
  }

  pan(dx: number, dy: number): void {
    this.#target = null;
    this.#flight = null;
    this.view = this.#kept(panBy(this.view, dx, dy));
    this.#moved();
  }

  /** What is at a point of the canvas. */
  at(px: number, py: number): { home: number; area: number } {
    if (this.scene === null) {
      return { home: -1, area: 0 };
    }
    const { model } = this.scene;
    const [x, y] = toLattice(this.view, this.size, px, py);
    const near = detail(this.view.scale);
    const home = near === 'tiles' ? -1 : model.lattice.homeAt(x, y);
    const there = home >= 0 && isPresent(model.bits[home]!);
    const area = model.lattice.areaAt(x, y, near === 'tiles' || near === 'raster' ? ZONE : CLUSTER).number;
    return { home: there ? home : -1, area };
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    const pixels = Math.min(MOST_PIXELS, devicePixelRatio);
    const settled = this.scene?.model.lattice.settled;
    const whole = settled !== undefined && isWhole(settled, this.view, this.size);
    this.size = { width: Math.max(1, clientWidth), height: Math.max(1, clientHeight) };
    if (whole && !isWhole(settled, this.view, this.size)) {
      // Who saw all of it goes on seeing all of it.
      this.jump(this.fitting(MAP));
    }
    this.#canvas.width = Math.round(this.size.width * pixels);
    this.#canvas.height = Math.round(this.size.height * pixels);
    this.touch();
  }

  #tick(now: number): void {
    this.#frame = 0;
    const elapsed = Math.min(100, now - this.#last);
    this.#last = now;
    const flying = this.#advance(now, elapsed);
    const { scene } = this;
    if (scene === null) {
      return;
    }
    const pixels = this.#canvas.width / this.size.width;
    this.#pen.setTransform(pixels, 0, 0, pixels, 0, 0);
    const drawn = this.#painter.draw(this.#pen, scene, this.view, this.size, now);
    this.#hands.drawn(this.view, this.size, drawn);
    if (flying) {
      this.touch();
    } else if (drawn.moving) {
      clearTimeout(this.#wake);
      this.#wake = setTimeout(() => this.touch(), MOVING_MS);
    }
  }

  /** Moves the view on; answers whether it goes on moving. */
  #advance(now: number, elapsed: number): boolean {
    if (this.#flight !== null) {
      const share = Math.min(1, Math.max(0, (now - this.#flight.begun) / FLIGHT_MS));
      this.view = between(this.#flight.from, this.#flight.to, share);
      if (share >= 1) {
        this.view = this.#flight.to;
        this.#flight = null;
      }
      this.#later();
    } else if (this.#target !== null) {
      this.view = followed(this.view, this.#target, 1 - Math.exp(-elapsed / FOLLOW_MS));
      if (Math.abs(Math.log(this.view.scale / this.#target.scale)) < 0.002) {
        this.view = this.#target;
        this.#target = null;
      }
      this.#later();
    }
    return this.#flight !== null || this.#target !== null;
  }

  #moved(): void {
    this.#later();
    this.touch();
  }

  #later(): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => this.#hands.settled(this.view), SETTLED_MS);
  }

  #kept(view: View): View {
    return kept(view, this.scene!.model.lattice.settled);
  }

  #zoomAt(px: number, py: number, factor: number): void {
    if (this.scene === null) {
      return;
    }
    const least = leastScale(this.scene.model.lattice.settled, this.size);
    const from = this.#target ?? this.view;
    this.#flight = null;
    const to = this.#kept(zoomAt(from, this.size, px, py, factor, least));
    if (this.scene.moves) {
      this.#target = to;
    } else {
      this.view = to;
      this.#later();
    }
  }

  #listen(): void {
    const { signal } = this.#ended;
    const on = <K extends keyof HTMLElementEventMap>(name: K, take: (event: HTMLElementEventMap[K]) => void) =>
      this.#canvas.addEventListener(name, take, { signal, passive: false });
    on('wheel', (event) => this.#wheel(event));
    on('pointerdown', (event) => this.#down(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#up(event));
    on('pointercancel', (event) => this.#pointers.delete(event.pointerId));
    on('pointerleave', () => this.#hands.hover(-1, 0, 0, 0));
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 18 : 1;
    const by = Math.max(-240, Math.min(240, event.deltaY * lines));
    this.#zoomAt(event.offsetX, event.offsetY, Math.exp(-by * WHEEL * (event.ctrlKey ? 4 : 1)));
    this.touch();
  }

  #down(event: PointerEvent): void {
    this.#canvas.parentElement?.focus({ preventScroll: true });
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointers.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    this.#pressed = { x: event.offsetX, y: event.offsetY, moved: this.#pointers.size > 1 };
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const now = { x: event.offsetX, y: event.offsetY };
    if (before === undefined || this.scene === null) {
      const { home, area } = this.at(now.x, now.y);
      this.#hands.hover(home, area, now.x, now.y);
      return;
    }
    if (this.#pressed && Math.hypot(now.x - this.#pressed.x, now.y - this.#pressed.y) > CLICK_PX) {
      this.#pressed.moved = true;
    }
    if (this.#pressed?.moved) {
      this.#drag(event.pointerId, before, now);
      this.#pointers.set(event.pointerId, now);
    }
  }

  /** One pointer pans; two pan by their middle and zoom by their distance. */
  #drag(pointer: number, before: { x: number; y: number }, now: { x: number; y: number }): void {
    const other = [...this.#pointers].find(([id]) => id !== pointer)?.[1];
    this.#target = null;
    this.#flight = null;
    if (other === undefined) {
      this.view = this.#kept(panBy(this.view, now.x - before.x, now.y - before.y));
    } else {
      const apart = Math.hypot(before.x - other.x, before.y - other.y) || 1;
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / apart;
      const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
      const least = leastScale(this.scene!.model.lattice.settled, this.size);
      const zoomed = zoomAt(this.view, this.size, middle.x, middle.y, factor, least);
      this.view = this.#kept(panBy(zoomed, (now.x - before.x) / 2, (now.y - before.y) / 2));
    }
    this.#moved();
  }

  #up(event: PointerEvent): void {
    this.#pointers.delete(event.pointerId);
    const pressed = this.#pressed;
    if (this.#pointers.size > 0 || pressed === null) {
      return;
    }
    this.#pressed = null;
    if (pressed.moved || event.button !== 0) {
      return;
    }
    const { home, area } = this.at(event.offsetX, event.offsetY);
    const near = Math.hypot(event.offsetX - this.#clicked.x, event.offsetY - this.#clicked.y) < 3 * CLICK_PX;
    if (near && event.timeStamp - this.#clicked.at < DOUBLE_MS) {
      this.#clicked = { at: 0, x: 0, y: 0 };
      this.#hands.doubleClick(home, area);
    } else {
      this.#clicked = { at: event.timeStamp, x: event.offsetX, y: event.offsetY };
      this.#hands.click(home, area);
    }
  }
}
