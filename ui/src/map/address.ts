/** What of the map stands in the address: `?overlay=&show=&node=&in=&base=&view=&edges=&tree=&span=`. */

import { parseInstant } from '../app/moment.svelte';
import { OVERLAY, OVERLAYS, type OverlayName } from './bits';
import { parseView, type View } from './view';

export interface Address {
  readonly overlay: OverlayName;
  /** The categories of the overlay that are chosen; null where all are. */
  readonly chosen: ReadonlySet<number> | null;
  readonly node: string | null;
  /** The names that lead to the area that is stood on. */
  readonly area: string;
  /** The instant that is compared with, in milliseconds. */
  readonly base: number | null;
  readonly view: View | null;
  readonly edges: boolean;
  readonly tree: boolean;
}

/** Reads an address; what it does not say, or says wrongly, is as if nothing was chosen. */
export function readAddress(params: URLSearchParams): Address {
  const named = params.get('overlay') as OverlayName;
  const overlay = OVERLAYS.includes(named) ? named : 'connectivity';
  const base = params.get('base');
  return {
    overlay,
    chosen: chosenOf(overlay, params.get('show')),
    node: params.get('node'),
    area: params.get('in') ?? '',
    base: base === null ? null : parseInstant(base),
    view: parseView(params.get('view')),
    edges: params.get('edges') !== 'off',
    tree: params.get('tree') === 'on',
  };
}

/** A category as a word of the address. */
export function slug(category: string): string {
  return category.replaceAll(' ', '-');
}

function chosenOf(overlay: OverlayName, text: string | null): ReadonlySet<number> | null {
  const { categories } = OVERLAY[overlay];
  const words = new Set((text ?? '').split(','));
  const chosen = categories.flatMap((category, of) => (words.has(slug(category)) ? [of] : []));
  return chosen.length === 0 ? null : new Set(chosen);
}

/** The chosen categories as the address says them; null where all are. */
export function chosenText(overlay: OverlayName, chosen: ReadonlySet<number> | null): string | null {
  const { categories } = OVERLAY[overlay];
  return chosen === null || chosen.size === 0 || chosen.size === categories.length
    ? null
    : [...chosen].sort((a, b) => a - b).map((of) => slug(categories[of]!)).join(',');
}

/** Chooses a category, or no longer. */
export function toggled(chosen: ReadonlySet<number> | null, category: number): ReadonlySet<number> | null {
  const next = new Set(chosen ?? []);
  if (!next.delete(category)) {
    next.add(category);
  }
  return next.size === 0 ? null : next;
}
