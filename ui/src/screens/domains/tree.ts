/** Domains in the order of their tree: each behind what it belongs to. */

import type { Schemas } from '../../api/client';

type Told = Pick<Schemas['Domain'], 'id' | 'name' | 'authority' | 'governed_by' | 'sync_debt_seconds'>;

const BEHIND_S = 3_600;

/** Domains somebody may look for. */
export const KINDS: readonly { readonly name: string; readonly means: string; readonly is: (domain: Told) => boolean }[] = [
  { name: 'conflict', means: 'several masters claim it in one epoch', is: ({ authority }) => authority?.conflict === true },
  { name: 'behind', means: 'not in step for an hour and more', is: ({ sync_debt_seconds }) => (sync_debt_seconds ?? 0) >= BEHIND_S },
  { name: 'own master', means: 'claimed itself, not governed from above', is: ({ authority }) => authority !== null },
  { name: 'ungoverned', means: 'neither it nor anything above it is claimed', is: ({ governed_by }) => governed_by === null },
];

/** True of a domain with this text in its id, its name or who claims it. */
export function fits({ id, name, authority }: Told, text: string): boolean {
  const wanted = text.toLowerCase();
  return [id, name, authority?.master, ...(authority?.claimants ?? [])].some((one) => one?.toLowerCase().includes(wanted) === true);
}

interface Placed {
  readonly id: string;
  readonly parent: string | null;
  readonly in_cycle: boolean;
}

export interface Branch<D> {
  readonly domain: D;
  /** 0 for a root. */
  readonly depth: number;
}

/** All domains once, depth first, those of one parent by id. A member of a cycle, and who has a parent that is not there, is a root. */
export function inTree<D extends Placed>(domains: readonly D[]): Branch<D>[] {
  const known = new Set(domains.map(({ id }) => id));
  const children = new Map<string | null, D[]>();
  for (const domain of domains.toSorted((one, other) => one.id.localeCompare(other.id, 'en', { numeric: true }))) {
    const parent = domain.in_cycle || domain.parent === null || !known.has(domain.parent) ? null : domain.parent;
    children.set(parent, [...(children.get(parent) ?? []), domain]);
  }
  const branches: Branch<D>[] = [];
  const waiting = (children.get(null) ?? []).map((domain): Branch<D> => ({ domain, depth: 0 })).reverse();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    branches.push(next);
    const { domain, depth } = next;
    waiting.push(...(children.get(domain.id) ?? []).map((child): Branch<D> => ({ domain: child, depth: depth + 1 })).reverse());
  }
  return branches;
}
