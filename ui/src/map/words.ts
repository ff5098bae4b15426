/** What two bytes say, in words. */

import { duration } from '../parts/format';
import type { Census } from './census';
import { authority, connectivity, debt, DEBT_SECONDS, drift, isEvaluated, isPresent, OVERLAY, OVERLAYS, trust, UNKNOWN_DEBT } from './bits';

const DRIFT = ['none', 'low', 'medium', 'high or critical'];

export function debtWord(bits: number): string {
  const step = debt(bits);
  return step === 0 ? 'none' : step === UNKNOWN_DEBT ? 'not known' : step === 1 ? 'below 1m' : `${duration(DEBT_SECONDS[step]!)} or more`;
}

/** Each thing the map knows of a node, and what it is. */
export function facts(bits: number): { readonly name: string; readonly value: string }[] {
  if (!isPresent(bits)) {
    return [{ name: 'connectivity', value: 'not there' }];
  }
  return [
    { name: 'connectivity', value: OVERLAY.connectivity.categories[connectivity(bits)]! },
    { name: 'drift', value: isEvaluated(bits) ? DRIFT[drift(bits)]! : `${DRIFT[drift(bits)]!}, not evaluated` },
    { name: 'sync debt', value: debtWord(bits) },
    { name: 'trust', value: OVERLAY.trust.categories[trust(bits)]! },
    { name: 'authority', value: OVERLAY.authority.categories[OVERLAY.authority.category(authority(bits) << 7)]! },
  ];
}

/** A node on one line, for those who hear it. */
export function spoken(id: string, bits: number): string {
  return `${id}: ${facts(bits)
    .map(({ name, value }) => (name === 'connectivity' ? value : `${name} ${value}`))
    .join(', ')}`;
}

/** What of each overlay makes a node want attention: a word for it, and its category. */
const WANTING = [
  { overlay: 'connectivity', category: 4, word: 'disconnected' },
  { overlay: 'trust', category: 3, word: 'failed trust' },
  { overlay: 'authority', category: 5, word: 'authority in conflict' },
  { overlay: 'drift', category: 3, word: 'high or critical drift' },
] as const;

/** How many nodes of an area want attention, and for what; one may for several reasons. */
export function wanting(census: Census, area: number): string {
  const why = WANTING.map(({ overlay, category, word }) => ({ word, count: census.composition(area, overlay)[category]! }))
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count.toLocaleString('en')} ${word}`);
  const all = census.attention(area);
  return all === 0 ? 'none' : `${all.toLocaleString('en')}: ${why.join(', ')}`;
}

/** The composition of an area on one line: the most first. */
export function composed(counts: Int32Array, overlay: (typeof OVERLAYS)[number], most = 8): string {
  const { categories } = OVERLAY[overlay];
  return [...counts]
    .map((count, of) => ({ count, word: categories[of]! }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, most)
    .map(({ count, word }) => `${count.toLocaleString('en')} ${word}`)
    .join(', ');
}
