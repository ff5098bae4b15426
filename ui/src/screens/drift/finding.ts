/** Findings of drift that say the same: how each is told, and which nodes it is of. */

import type { Severity } from '../../parts/encodings';
import { quoted } from '../../parts/format';

/** Findings that say the same of several nodes; what is missing on a side is null or not there. */
export interface Finding {
  readonly dimension: string;
  readonly path: string;
  readonly kind: string;
  readonly desired?: unknown;
  readonly actual?: unknown;
  readonly severity: Severity;
  readonly impact?: string | null;
  readonly nodes: number;
  /** On how many of them it is provisional. */
  readonly provisional: number;
  /** The first ten. */
  readonly node_ids: readonly string[];
  readonly since: string;
}

export const DIMENSIONS = ['version', 'config', 'policy'] as const;

/** What the screen is narrowed to; an empty text narrows nothing. */
export interface Narrowed {
  readonly filter: string;
  readonly path: string;
  readonly severity: string;
  readonly dimension: string;
  readonly zone: string;
  readonly component: string;
}

/** What stands for nodes that name no zone, or no component. */
const UNASSIGNED = 'unassigned';

/** Paths that are a field of a filter as they stand. */
const CONFIG_PATH = /^[\w.\\-]+$/;

/** A short name of a finding for the address: the same as long as it says the same. */
export function nameOf({ dimension, path, kind, desired, actual, severity, impact }: Finding): string {
  const text = JSON.stringify([dimension, path, kind, desired ?? null, actual ?? null, severity, impact ?? null]);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** The filter for the nodes that fit all of these filters. */
export function all(...filters: readonly string[]): string {
  return filters
    .filter((filter) => filter !== '')
    .map((filter) => (filter.includes(',') && filters.length > 1 && !simple(filter) ? `(${filter})` : filter))
    .join(';');
}

/** True of a filter that has a comma only inside of quotes or lists. */
function simple(filter: string): boolean {
  return !filter.replace(/"(\\.|[^"])*"|'(\\.|[^'])*'|=(in|out)=\([^)]*\)/g, '').includes(',');
}

/** The filter for the nodes of one group of an aggregate. */
export function ofGroup(field: string, group: string): string {
  return group === '' ? '' : group === UNASSIGNED ? `${field}!=*` : `${field}==${literal(group)}`;
}

/** The filter for where the screen is narrowed to, whatever the findings are. */
export function ofPlace({ filter, zone, component }: Narrowed): string {
  return all(filter, ofGroup('identity.zone', zone), ofGroup('identity.component_type', component));
}

/** The filter for nodes with findings of these kinds; empty where all are meant. */
export function ofKind({ path, severity, dimension }: Narrowed): string {
  return all(
    severity && `drift.findings.severity==${severity}`,
    dimension && `drift.findings.dimension==${dimension}`,
    path && `drift.findings.path==${quoted(`*${starless(path)}*`)}`,
  );
}

/** True of a finding of these kinds. */
export function fits(finding: Finding, { path, severity, dimension }: Narrowed): boolean {
  return (
    (severity === '' || finding.severity === severity) &&
    (dimension === '' || finding.dimension === dimension) &&
    finding.path.toLowerCase().includes(path.toLowerCase())
  );
}

/** The filter for the nodes a finding is of, as near as filters can say it. */
export function ofFinding(finding: Finding): string {
  const { dimension, path, desired, actual, severity } = finding;
  const found = `drift.findings.path==${literal(path)};drift.findings.severity==${severity}`;
  if (dimension === 'version') {
    return all(found, same('lifecycle.software.desired_version', desired), same('lifecycle.software.actual_version', actual));
  }
  if (dimension === 'policy') {
    return path === 'policy_version' ? all(found, same('policy.desired_policy', desired), same('policy.actual_policy', actual)) : found;
  }
  return CONFIG_PATH.test(path) ? all(found, same(`state.desired.${path}`, desired), same(`state.actual.${path}`, actual)) : found;
}

/** True where [ofFinding] lets through the nodes of other findings at the same path, too. */
export function isNear({ dimension, path, desired, actual }: Finding): boolean {
  const told = (value: unknown) => typeof value !== 'object' || value === null;
  const config = dimension === 'config' && CONFIG_PATH.test(path);
  return !(dimension === 'version' || path === 'policy_version' || (config && told(desired) && told(actual)));
}

/** The comparison of a field with a value; empty where filters cannot say it. */
function same(field: string, value: unknown): string {
  if (value === null || value === undefined) {
    return `${field}!=*`;
  }
  return typeof value === 'object' || value === '' ? '' : `${field}==${literal(String(value))}`;
}

/** A text of a filter that is meant to the letter. */
function literal(text: string): string {
  return quoted(starless(text));
}

function starless(text: string): string {
  return text.replaceAll('*', '\\*');
}
