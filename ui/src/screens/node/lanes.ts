/** The swim lanes of a node's timeline: which stretch of which lane lies where, and how it looks. */

import { STATES, type Severity, type State } from '../../parts/encodings';

export interface Stretch {
  readonly from: string;
  readonly to: string | null;
  readonly state: string;
  readonly severity?: string;
  readonly target_version?: string;
  readonly event_id: string | null;
}

export const LANES = [
  { name: 'connectivity', title: 'Connectivity' },
  { name: 'lifecycle', title: 'Lifecycle' },
  { name: 'drift', title: 'Drift' },
  { name: 'trust', title: 'Trust' },
  { name: 'updates', title: 'Updates' },
] as const;
export type Lane = (typeof LANES)[number]['name'];

/** What a timeline shows: the stretches of a time, in milliseconds. */
export interface Window {
  readonly since: number;
  readonly until: number;
  readonly lanes: Readonly<Record<Lane, readonly Stretch[]>>;
  /** True where there are more stretches than were asked for. */
  readonly more: boolean;
}

export interface Chosen {
  readonly lane: Lane;
  readonly stretch: Stretch;
}

/** How far back a timeline goes, in milliseconds; without end: from the first event. */
export const RANGES: readonly { readonly name: string; readonly ms: number }[] = [
  { name: '1h', ms: 3_600_000 },
  { name: '6h', ms: 6 * 3_600_000 },
  { name: '24h', ms: 24 * 3_600_000 },
  { name: '7d', ms: 7 * 86_400_000 },
  { name: 'all', ms: Number.POSITIVE_INFINITY },
];
export const USUAL_RANGE = '24h';

/** How a stretch looks: the thicker, the worse; quiet is as it should be. */
export interface Look {
  readonly weight: 1 | 2 | 3;
  readonly tone: State | 'quiet' | 'mark' | 'bad';
  readonly pattern: 'solid' | 'dashed' | 'dotted';
}

const QUIET: Look = { weight: 1, tone: 'quiet', pattern: 'solid' };
const UNTOLD: Look = { weight: 1, tone: 'quiet', pattern: 'dotted' };

const OF_SEVERITY: Readonly<Record<Severity, Look>> = {
  none: QUIET,
  low: { weight: 1, tone: 'mark', pattern: 'solid' },
  medium: { weight: 2, tone: 'mark', pattern: 'solid' },
  high: { weight: 2, tone: 'bad', pattern: 'solid' },
  critical: { weight: 3, tone: 'bad', pattern: 'solid' },
};

const OF_STATE: Readonly<Record<string, Look>> = {
  maintenance: { weight: 2, tone: 'mark', pattern: 'dashed' },
  provisioning: { weight: 1, tone: 'mark', pattern: 'dashed' },
  decommissioning: { weight: 2, tone: 'mark', pattern: 'dotted' },
  decommissioned: { weight: 1, tone: 'mark', pattern: 'dotted' },
  unknown: UNTOLD,
  unverified: { weight: 2, tone: 'mark', pattern: 'dotted' },
  stale: { weight: 2, tone: 'mark', pattern: 'dashed' },
  degraded: { weight: 2, tone: 'mark', pattern: 'dashed' },
  failed: { weight: 3, tone: 'bad', pattern: 'solid' },
  comparison_error: { weight: 3, tone: 'bad', pattern: 'dashed' },
  in_progress: { weight: 2, tone: 'mark', pattern: 'solid' },
  overdue: { weight: 3, tone: 'bad', pattern: 'dashed' },
};

export function lookOf(lane: Lane, { state, severity }: Pick<Stretch, 'state' | 'severity'>): Look {
  if (lane === 'connectivity') {
    const known = STATES.find((one) => one === state);
    return known === undefined ? UNTOLD : { weight: known === 'live' ? 1 : 3, tone: known, pattern: 'solid' };
  }
  if (lane === 'drift' && severity !== undefined) {
    const look = OF_SEVERITY[severity as Severity] ?? QUIET;
    return state === 'unknown' ? { ...look, pattern: 'dotted' } : look;
  }
  return OF_STATE[state] ?? QUIET;
}

/** What a stretch says. */
export function wordsOf({ state, severity, target_version }: Stretch): string {
  const more = severity ?? target_version;
  return state.replaceAll('_', ' ') + (more === undefined ? '' : `, ${more}`);
}

export interface Placed {
  readonly stretch: Stretch;
  /** Where it begins and how long it is, in percent of the window. */
  readonly left: number;
  readonly width: number;
}

/** The stretches that lie in a window, in milliseconds, and where. */
export function placed(stretches: readonly Stretch[], since: number, until: number): Placed[] {
  const whole = Math.max(1, until - since);
  return stretches
    .map((stretch) => {
      const from = Math.max(since, Date.parse(stretch.from));
      const to = Math.min(until, stretch.to === null ? until : Date.parse(stretch.to));
      return { stretch, left: (100 * (from - since)) / whole, width: (100 * (to - from)) / whole };
    })
    .filter(({ left, width }) => width >= 0 && left <= 100);
}

const STEPS_MS = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 7_200, 14_400, 43_200].map((minutes) => minutes * 60_000);
const MOST_TICKS = 8;

export interface Tick {
  readonly left: number;
  readonly text: string;
}

/** Where the axis of a window has its ticks: whole hours, or whatever gives at most eight; UTC. */
export function ticks(since: number, until: number): Tick[] {
  const span = until - since;
  const step = STEPS_MS.find((one) => span / one <= MOST_TICKS) ?? Math.ceil(span / MOST_TICKS / 86_400_000) * 86_400_000;
  const all: Tick[] = [];
  for (let at = Math.ceil(since / step) * step; at <= until; at += step) {
    const text = new Date(at).toISOString();
    const midnight = at % 86_400_000 === 0;
    all.push({ left: (100 * (at - since)) / span, text: midnight || step >= 86_400_000 ? text.slice(5, 10) : text.slice(11, 16) });
  }
  return all;
}
