/** What is searched for in SBOMs and hardware, and which packages the fleet is known to have. */

import { ask } from '../../api/client';
import { aggregate, nodes } from '../../api/questions';
import { quoted } from '../../parts/format';

/** What a text is understood as: a package URL, a hash of a build or firmware, or a name of a package, batch, firmware or serial. */
export type Kind = 'purl' | 'hash' | 'name';

export function kindOf(text: string): Kind {
  return /^pkg:/i.test(text) ? 'purl' : /^(sha\d+:[0-9a-f]+|[0-9a-f]{64})$/i.test(text) ? 'hash' : 'name';
}

/** The filter for the nodes with a hash: of the SBOM of what they run, or the signature of their firmware. */
export function ofHash(text: string): string {
  const hash = quoted((text.includes(':') ? text : `sha256:${text}`).toLowerCase());
  return `lifecycle.software.sbom_hash==${hash},lifecycle.hardware.firmware_signature==${hash}`;
}

/** The filter for the nodes whose hardware has this name: of its batch (a star stands for anything), firmware or serial. */
export function ofHardware(text: string): string {
  return ['batch', 'firmware', 'serial'].map((field) => `${field}==${quoted(text)}`).join(',');
}

/** The filter for the nodes that run one of these builds; null where there are more than a filter holds. */
export function ofBuilds(hashes: readonly string[]): string | null {
  const different = [...new Set(hashes)];
  return different.length === 0 || different.length > MOST_BUILDS ? null : `lifecycle.software.sbom_hash=in=(${different.map(quoted).join(',')})`;
}

const MOST_BUILDS = 24;

/** The filter for these nodes; null where they are more than a filter holds. */
export function ofNodes(ids: readonly string[]): string | null {
  const different = [...new Set(ids)];
  const filter = `id=in=(${different.map(quoted).join(',')})`;
  return different.length === 0 || filter.length > MOST_FILTER ? null : filter;
}

const MOST_FILTER = 2_000;

/** A package URL without its version, qualifiers and subpath; null where it is none. */
export function packageOf(purl: string): string | null {
  return /^(pkg:[^@?#]+)/.exec(purl)?.[1] ?? null;
}

/** The last part of a package URL. */
export function nameOf(purl: string): string {
  return decodeURIComponent((packageOf(purl) ?? purl).split('/').at(-1)!);
}

const MOST_COMPONENTS = 6;
const TYPES = ['generic', 'npm', 'pypi', 'cargo', 'golang', 'deb/debian'];

/**
 * Packages of the fleet: those the newest SBOM event of one node of each component names. It is no
 * list of all there are.
 */
export async function somePackages(at: string | undefined, signal: AbortSignal): Promise<string[]> {
  const { groups } = await aggregate('current', { at, group_by: 'component_type' }, signal);
  const most = groups.toSorted((one, other) => other.nodes - one.nodes).slice(0, MOST_COMPONENTS);
  const found = await Promise.all(most.map(({ group }) => packagesOf(String(group), at, signal)));
  return [...new Set(found.flat())].sort((one, other) => nameOf(one).localeCompare(nameOf(other)));
}

async function packagesOf(component: string, at: string | undefined, signal: AbortSignal): Promise<string[]> {
  const filter = `lifecycle.software.sbom_hash==*;identity.component_type==${quoted(component)}`;
  const [first] = (await nodes({ at, filter, limit: 1 }, signal)).twins;
  if (!first) {
    return [];
  }
  const params = { path: { id: first.identity.immutable_id }, query: { type: 'sbom_updated', order: 'desc' as const, limit: 1, at } };
  const page = await ask('/v1/twins/{id}/events', { params, signal });
  const payload = page.events[0]?.payload as { dependencies?: readonly { purl?: string }[] } | undefined;
  return (payload?.dependencies ?? []).flatMap(({ purl }) => packageOf(purl ?? '') ?? []);
}

/** Packages of this name: those known of the fleet, else, where it may be `guessed`, what it could be in the usual registries. */
export function candidates(name: string, known: readonly string[], guessed: boolean): string[] {
  const wanted = name.toLowerCase();
  const fit = known.filter((purl) => purl.toLowerCase().includes(wanted));
  return fit.length > 0 || !guessed || name.includes('*') ? fit : TYPES.map((type) => `pkg:${type}/${name.split('/').map(encodeURIComponent).join('/')}`);
}
