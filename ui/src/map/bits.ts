/**
 * The two bytes a node has on the map (docs/graph.md, "Two bytes a node"), and what an overlay makes
 * of them: a category to count, colour and filter by, and a rank that says which of several nodes
 * must stay visible where there is room for one.
 */

/** Nobody is at home in this slot. */
export const ABSENT = 0x8000;
/** Where two instants are compared: a node that is the same at both. Never sent by the service. */
export const SAME = 0x8001;
/** How many values two bytes have. */
export const VALUES = 0x10000;

export const connectivity = (bits: number): number => bits & 7;
export const drift = (bits: number): number => (bits >> 3) & 3;
export const trust = (bits: number): number => (bits >> 5) & 3;
export const authority = (bits: number): number => (bits >> 7) & 7;
export const debt = (bits: number): number => (bits >> 10) & 15;
export const isEvaluated = (bits: number): boolean => (bits & 0x4000) === 0;
export const isPresent = (bits: number): boolean => (bits & ABSENT) === 0;

export const UNKNOWN_DEBT = 15;
const CONFLICT = 5;

/** The seconds at which each step of sync debt begins; steps 0 (live) and 15 (not known) have none. */
export const DEBT_SECONDS: readonly number[] = [
  0, 1, 60, 300, 900, 3_600, 7_200, 14_400, 28_800, 86_400, 172_800, 345_600, 604_800, 1_209_600, 2_592_000, 0,
];

/** The step of a sync debt in seconds. */
export function debtStep(seconds: number | null): number {
  if (seconds === null) {
    return UNKNOWN_DEBT;
  }
  let step = 1;
  while (step < UNKNOWN_DEBT - 1 && seconds >= DEBT_SECONDS[step + 1]!) {
    step++;
  }
  return step;
}

/** What the map is coloured by. */
export const OVERLAYS = ['connectivity', 'drift', 'debt', 'trust', 'authority'] as const;
export type OverlayName = (typeof OVERLAYS)[number];

export interface Overlay {
  readonly name: OverlayName;
  /** What it tells, in a few words. */
  readonly about: string;
  /** The words of its categories, in the order of their codes. */
  readonly categories: readonly string[];
  readonly category: (bits: number) => number;
  /** Of each category: the more, the more it must be seen. */
  readonly ranks: readonly number[];
  /** From this rank on a node is shown in full from afar; below it is there, but does not shout. */
  readonly loud: number;
}

const DEBT_OF: readonly number[] = [0, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6];

export const OVERLAY: Readonly<Record<OverlayName, Overlay>> = {
  connectivity: {
    name: 'connectivity',
    about: 'how it can be reached',
    categories: ['live', 'delayed', 'edge-cached', 'autonomous', 'disconnected', 'returning', 'replaying', 'unknown'],
    category: connectivity,
    ranks: [1, 3, 4, 6, 8, 5, 7, 2],
    loud: 5,
  },
  drift: {
    name: 'drift',
    about: 'how far it is from what it should be',
    categories: ['in step', 'low', 'medium', 'high or critical', 'not evaluated'],
    category: (bits) => (isEvaluated(bits) ? drift(bits) : 4),
    ranks: [1, 3, 4, 5, 2],
    loud: 5,
  },
  debt: {
    name: 'debt',
    about: 'how long it has not synchronised',
    categories: ['in step', 'below 1 m', '1 m to 1 h', '1 h to 1 d', '1 d to 7 d', '7 d and more', 'not known'],
    category: (bits) => DEBT_OF[debt(bits)]!,
    ranks: [1, 3, 4, 5, 6, 7, 2],
    loud: 6,
  },
  trust: {
    name: 'trust',
    about: 'whether what it runs is what it should run',
    categories: ['verified', 'degraded or stale', 'unverified', 'failed'],
    category: trust,
    ranks: [1, 2, 3, 4],
    loud: 3,
  },
  authority: {
    name: 'authority',
    about: 'who governs it',
    categories: ['nobody', 'global', 'regional', 'local', 'autonomous', 'in conflict'],
    category: (bits) => Math.min(authority(bits), CONFLICT),
    ranks: [4, 1, 2, 3, 5, 6],
    loud: 5,
  },
};

/**
 * How much a node stands out, 0 to 4, over all that the two bytes tell; 0 needs nobody.
 * What is autonomous does what it is meant to do; only what is not reached, not trusted, in conflict
 * or far from what it should be is counted as wanting attention.
 */
export function concern(bits: number): number {
  if (!isPresent(bits)) {
    return 0;
  }
  const lost = connectivity(bits) === 4 ? 4 : 0;
  const failed = trust(bits) === 3 ? 3 : 0;
  const torn = authority(bits) === CONFLICT ? 3 : 0;
  const off = drift(bits) === 3 && isEvaluated(bits) ? 2 : 0;
  const late = debt(bits) >= 9 && debt(bits) !== UNKNOWN_DEBT ? 1 : 0;
  return Math.max(lost, failed, torn, off, late);
}

/** Whether a node wants attention: what is counted on tiles, and what `n` and `p` go to. */
export const WANTS_ATTENTION = 2;

/** For every value of two bytes, the rank an overlay gives it: 0 absent, 1 the same as before. */
export function rankTable(overlay: Overlay): Uint8Array {
  const table = new Uint8Array(VALUES);
  for (let bits = 0; bits < ABSENT; bits++) {
    table[bits] = 1 + overlay.ranks[overlay.category(bits)]!;
  }
  table[SAME] = 1;
  return table;
}

/** For every value of two bytes, its concern. */
export function concernTable(): Uint8Array {
  const table = new Uint8Array(VALUES);
  for (let bits = 0; bits < ABSENT; bits++) {
    table[bits] = concern(bits);
  }
  return table;
}
