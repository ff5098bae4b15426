/** Domains in the order of their tree: each behind what it belongs to. */

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
