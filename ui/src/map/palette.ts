/** The colours of the map: of every category of every overlay, in both themes, and tables of them by two bytes. */

import { STATE, SHOWN, SURFACE, type Theme } from '../parts/encodings';
import { ABSENT, OVERLAY, SAME, VALUES, type OverlayName } from './bits';

type Pair = Readonly<Record<Theme, string>>;
const pair = (dark: string, light: string): Pair => ({ dark, light });
const QUIET = STATE.live.colour;
const WORST = STATE.disconnected.colour;
const GREY = STATE.unknown.colour;

/** By overlay, the colour of each category. */
export const COLOURS: Readonly<Record<OverlayName, readonly Pair[]>> = {
  connectivity: SHOWN.map((shown) => STATE[shown].colour),
  drift: [QUIET, pair('#b9c26a', '#7a7f1e'), STATE.autonomous.colour, WORST, GREY],
  debt: [
    QUIET,
    pair('#6fb08a', '#4c8a57'),
    pair('#b7bd62', '#7f8226'),
    pair('#f0cf4a', '#a87413'),
    pair('#f79631', '#b4500f'),
    WORST,
    GREY,
  ],
  trust: [QUIET, STATE.delayed.colour, STATE['edge-cached'].colour, WORST],
  authority: [GREY, STATE['edge-cached'].colour, QUIET, pair('#b9a3e3', '#7d5bbf'), STATE.autonomous.colour, WORST],
};

/** The frame around another trust domain, and the mark on what leads into one. */
export const DOMAIN: Pair = pair('#e58bd0', '#8a1a6b');

/** How strongly what is not chosen, or did not change, still shows. */
const FADED = 0.13;
/** How strongly what needs nobody shows where a node is a pixel or two. */
const CALM = 0.55;
/** How strongly mild states show from afar. */
const MILD = 0.5;

export type Rgb = readonly [number, number, number];

export function rgb(hex: string): Rgb {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
}

/** `share` of one colour over another. */
export function mixed(over: string, under: string, share: number): string {
  const a = rgb(over);
  const b = rgb(under);
  return `#${a.map((value, i) => Math.round(value * share + b[i]! * (1 - share)).toString(16).padStart(2, '0')).join('')}`;
}

export class Palette {
  readonly theme: Theme;
  readonly overlay: OverlayName;
  /** Which categories are chosen; null where all are. */
  readonly chosen: ReadonlySet<number> | null;
  /** By two bytes: the colour of a texel, as RGBA bytes in memory. */
  readonly texels: Uint32Array;
  /** The same from afar, where a texel stands for several and mild states would drown the others. */
  readonly farTexels: Uint32Array;
  /** By category: the colour of marks. */
  readonly marks: readonly string[];
  /** By category: the same for those that are not chosen. */
  readonly fadedMarks: readonly string[];

  constructor(theme: Theme, overlay: OverlayName, chosen: ReadonlySet<number> | null) {
    this.theme = theme;
    this.overlay = overlay;
    this.chosen = chosen;
    const page = SURFACE.page[theme];
    this.marks = COLOURS[overlay].map((colour) => colour[theme]);
    this.fadedMarks = this.marks.map((colour) => mixed(colour, page, FADED));
    this.texels = this.#texels(page, 1);
    this.farTexels = this.#texels(page, MILD);
  }

  /** Whether a category is drawn as if nothing was chosen. */
  stands(category: number): boolean {
    return this.chosen === null || this.chosen.has(category);
  }

  surface(name: keyof typeof SURFACE): string {
    return SURFACE[name][this.theme];
  }

  #texels(page: string, mild: number): Uint32Array {
    const { category, ranks, loud } = OVERLAY[this.overlay];
    const shades = this.marks.map((colour, of) => {
      const full = this.chosen !== null ? 1 : ranks[of] === 1 ? CALM : ranks[of]! < loud ? mild : 1;
      const share = this.stands(of) ? full : FADED;
      return packed(rgb(mixed(colour, page, share)));
    });
    const texels = new Uint32Array(VALUES);
    for (let bits = 0; bits < ABSENT; bits++) {
      texels[bits] = shades[category(bits)]!;
    }
    texels[SAME] = packed(rgb(mixed(SURFACE.edge[this.theme], page, 0.22)));
    return texels;
  }
}

function packed([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
