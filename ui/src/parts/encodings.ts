/**
 * How the state of a node is shown: the one place for colours, shapes, pips and letters.
 *
 * Colour never stands alone: whatever shows a state shows its shape or its word too. Live is quiet;
 * only returning and replaying move. `encodings.test.ts` holds the colours to being told apart by
 * every kind of colour vision and to standing out from what is behind them.
 */

export type Theme = 'dark' | 'light';
export const THEMES: readonly Theme[] = ['dark', 'light'];

/** The seven states of connectivity, in the order of their codes on the map and of every bar and legend. */
export const STATES = [
  'live',
  'delayed',
  'edge-cached',
  'autonomous',
  'disconnected',
  'returning',
  'replaying',
] as const;
export type State = (typeof STATES)[number];

/** What a node is shown as where its connectivity was never told. */
export const UNKNOWN = 'unknown';
export type Shown = State | typeof UNKNOWN;
export const SHOWN: readonly Shown[] = [...STATES, UNKNOWN];

/** What a state is drawn as. */
export type Shape =
  | 'disc'
  | 'half-disc'
  | 'square'
  | 'diamond'
  | 'crossed-ring'
  | 'triangle'
  | 'ring-with-arc'
  | 'dot';

export interface StateEncoding {
  readonly shape: Shape;
  readonly moves: boolean;
  readonly colour: Readonly<Record<Theme, string>>;
  /** What the state means, in a few words. */
  readonly meaning: string;
}

export const STATE: Readonly<Record<Shown, StateEncoding>> = {
  live: state('disc', '#33827b', '#32a097', 'in step, all messages in time'),
  delayed: state('half-disc', '#f7f475', '#816217', 'reached, but late'),
  'edge-cached': state('square', '#64aadc', '#3063b1', 'answers from what its edge holds'),
  autonomous: state('diamond', '#f79631', '#d27e1f', 'goes on alone, on purpose'),
  disconnected: state('crossed-ring', '#ee140e', '#830000', 'not reached'),
  returning: moving('triangle', '#7fe5eb', '#18495a', 'reached again, not yet in step'),
  replaying: moving('ring-with-arc', '#a353fa', '#ab66fc', 'sends what it did while away'),
  unknown: state('dot', '#8b98a5', '#6b7885', 'its connectivity was never told'),
};

function state(shape: Shape, dark: string, light: string, meaning: string): StateEncoding {
  return { shape, moves: false, colour: { dark, light }, meaning };
}

function moving(shape: Shape, dark: string, light: string, meaning: string): StateEncoding {
  return { ...state(shape, dark, light, meaning), moves: true };
}

/** What everything else is painted with; marks of state stand on `page`, `panel` or `raised`. */
export const SURFACE = {
  page: { dark: '#0c1116', light: '#fcfcfd' },
  panel: { dark: '#12181f', light: '#ffffff' },
  raised: { dark: '#19212a', light: '#ffffff' },
  /** Under the pointer, chosen, or pressed; carries text, no marks. */
  hover: { dark: '#222c37', light: '#eef1f4' },
  line: { dark: '#2a3541', light: '#dde2e8' },
  /** The edge of what can be operated: 3:1 against what is behind it. */
  edge: { dark: '#6b7a89', light: '#7d8996' },
  ink: { dark: '#e8edf2', light: '#15202b' },
  muted: { dark: '#a3b0bd', light: '#52606d' },
  focus: { dark: '#ffffff', light: '#0b3fbf' },
  /** The band and frame that say: this is the past. */
  past: { dark: '#5a1247', light: '#8a1a6b' },
  'past-ink': { dark: '#ffe3f6', light: '#ffffff' },
  /** The band that says: what you see is no longer kept up to date. */
  stale: { dark: '#3d3413', light: '#fff3c4' },
  'stale-ink': { dark: '#ffeaa0', light: '#4d3a00' },
  /** Text and edges of what failed. */
  bad: { dark: '#ff8f8a', light: '#a50d0d' },
  good: { dark: '#7ad3c8', light: '#0f6b62' },
} as const satisfies Record<string, Record<Theme, string>>;
export type Surface = keyof typeof SURFACE;

/** Those that marks of state stand on. */
export const GROUNDS: readonly Surface[] = ['page', 'panel', 'raised'];

/** Severities of findings, the least first. */
export const SEVERITIES = ['none', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How many pips of three stand for drift of a severity. */
export const PIPS: Readonly<Record<Severity, 0 | 1 | 2 | 3>> = {
  none: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 3,
};

/** The outline of a node by the integrity of what it runs. */
export type Outline = 'solid' | 'dashed' | 'broken';
export const OUTLINE: Readonly<Record<string, Outline>> = {
  verified: 'solid',
  degraded: 'dashed',
  stale: 'dashed',
  unverified: 'dashed',
  failed: 'broken',
};

/** The letter of an authority's level; a conflict is a split badge and has no letter. */
export const AUTHORITY_LETTER: Readonly<Record<string, string>> = {
  global: 'G',
  regional: 'R',
  local: 'L',
  autonomous: 'A',
};

/** Where a bar of sync debt has its ticks, in seconds. */
export const DEBT_TICKS = [
  { seconds: 60, label: '1 m' },
  { seconds: 3_600, label: '1 h' },
  { seconds: 86_400, label: '1 d' },
  { seconds: 604_800, label: '7 d' },
] as const;

/** How much of a debt bar is filled, 0 to 1: logarithmic, a second to thirty days. */
export function debtShare(seconds: number): number {
  return seconds <= 1 ? 0 : Math.min(1, Math.log(seconds) / Math.log(30 * 86_400));
}

/** The name of the CSS variable with the colour of a state: `--state-edge-cached`. */
export function stateVariable(shown: Shown): string {
  return `--state-${shown}`;
}

/** The CSS variables of a theme: `--state-live: #33827b; --page: …`. */
export function cssVariables(theme: Theme): string {
  const states = SHOWN.map((shown) => `${stateVariable(shown)}: ${STATE[shown].colour[theme]};`);
  const surfaces = Object.entries(SURFACE).map(([name, of]) => `--${name}: ${of[theme]};`);
  return [`color-scheme: ${theme};`, ...states, ...surfaces].join(' ');
}

/**
 * The style sheet with both themes: the system's choice unless `<html data-theme>` says another.
 * The build makes it a file (`virtual:encodings.css`).
 */
export function styleSheet(): string {
  return [
    `:root { ${cssVariables('light')} }`,
    `@media (prefers-color-scheme: dark) { :root:not([data-theme='light']) { ${cssVariables('dark')} } }`,
    `:root[data-theme='dark'] { ${cssVariables('dark')} }`,
  ].join('\n');
}
