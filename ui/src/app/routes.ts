/** The screens, in the order of the navigation, and which one a path leads to. */

/** The module of a screen: its component, which takes the `id` its path names. */
type Loaded = Promise<{ readonly default: unknown }>;

export interface Screen {
  readonly name: string;
  readonly title: string;
  /** Where it is. */
  readonly path: string;
  /** The key that goes there after `g`. */
  readonly key: string;
  /** What it answers. */
  readonly about: string;
  readonly load: () => Loaded;
  /** The screen of one thing of it, at `path/{id}`. */
  readonly one?: () => Loaded;
}

export const SCREENS: readonly Screen[] = [
  {
    name: 'overview',
    title: 'Overview',
    path: '/',
    key: 'o',
    about: 'How the fleet stands, and what changed in a day',
    load: () => import('../screens/Overview.svelte'),
  },
  {
    name: 'fleet',
    title: 'Fleet',
    path: '/fleet',
    key: 'f',
    about: 'The map of all nodes',
    load: () => import('../screens/Fleet.svelte'),
  },
  {
    name: 'nodes',
    title: 'Nodes',
    path: '/nodes',
    key: 'n',
    about: 'The list of nodes that a filter lets through',
    load: () => import('../screens/Nodes.svelte'),
    one: () => import('../screens/Node.svelte'),
  },
  {
    name: 'drift',
    title: 'Drift',
    path: '/drift',
    key: 'd',
    about: 'What is not as it should be',
    load: () => import('../screens/Drift.svelte'),
  },
  {
    name: 'trust',
    title: 'Trust',
    path: '/trust',
    key: 't',
    about: 'Certificates, attestation, and who runs a package',
    load: () => import('../screens/Trust.svelte'),
  },
  {
    name: 'domains',
    title: 'Domains',
    path: '/domains',
    key: 'm',
    about: 'Who governs what, and how far behind',
    load: () => import('../screens/Domains.svelte'),
    one: () => import('../screens/Domains.svelte'),
  },
  {
    name: 'attention',
    title: 'Attention',
    path: '/attention',
    key: 'a',
    about: 'What needs somebody, the worst first',
    load: () => import('../screens/Attention.svelte'),
  },
  {
    name: 'events',
    title: 'Events',
    path: '/events',
    key: 'e',
    about: 'What happens, as it happens',
    load: () => import('../screens/Events.svelte'),
  },
];

export interface Found {
  readonly screen: Screen;
  /** What the path names below the screen's own. */
  readonly id?: string;
}

/** The screen at a path; null where there is none. */
export function screenAt(path: string): Found | null {
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  const [, first = '', second, ...more] = trimmed.split('/');
  const screen = SCREENS.find((candidate) => candidate.path === `/${first}`);
  if (!screen || more.length > 0) {
    return null;
  }
  if (second === undefined) {
    return { screen };
  }
  return screen.one ? { screen, id: decodeURIComponent(second) } : null;
}
