/** The twin as this screen reads it, what is asked about it, and where its parts are shown. */

import { ask, type Schemas } from '../../api/client';
import { nodeLink } from '../../app/location.svelte';
import { rfc3339 } from '../../app/moment.svelte';
import type { Severity, State } from '../../parts/encodings';

/** A tree of configuration, or any other free JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface Replay {
  readonly processed: number;
  readonly total: number | null;
  readonly started_at: string;
  readonly rate_per_second: number | null;
  readonly eta: string | null;
}

/** What docs/twin.md fixes and the schema leaves open. */
export interface Twin {
  readonly identity: Schemas['Twin']['identity'];
  readonly connectivity: {
    readonly state: State | null;
    readonly since: string | null;
    readonly reason: string | null;
    readonly last_sync: string | null;
    readonly sync_debt_seconds: number | null;
    readonly sync_debt_parts: Readonly<Record<'config' | 'policy' | 'version', number>> | null;
    readonly message_backlog: number | null;
    readonly backlog_by_type: Readonly<Record<string, number>> | null;
    readonly backlog_by_priority: Readonly<Record<string, number>> | null;
    readonly oldest_message: string | null;
    readonly latency_ms: number | null;
    readonly loss_pct: number | null;
    readonly sync_interval: string | null;
    readonly return_eta: string | null;
    readonly replay: Replay | null;
  };
  readonly lifecycle: {
    readonly phase: string | null;
    readonly since: string | null;
    readonly software: { readonly desired_version: string | null; readonly actual_version: string | null };
    readonly update: { readonly state: string; readonly target_version: string | null; readonly overdue: boolean } | null;
  };
  readonly operational: { readonly state: string | null; readonly since: string | null; readonly reason: string | null };
  readonly state: { readonly desired: Json; readonly actual: Json };
  readonly trust: { readonly trust_score: number; readonly integrity_state: string };
  readonly authority: {
    readonly domain: string;
    readonly level: string | null;
    readonly master: string | null;
    readonly epoch: number;
    readonly conflict: boolean;
    readonly claimants: readonly string[];
  } | null;
  readonly drift: { readonly status: string; readonly score: number; readonly severity: Severity; readonly findings: number };
  readonly relationships: readonly { readonly to: string; readonly type: string }[];
  readonly meta: Schemas['Meta'];
}

export interface Finding {
  readonly dimension: string;
  readonly path: string;
  readonly kind: string;
  readonly desired?: Json;
  readonly actual?: Json;
  readonly severity: Severity;
  readonly impact: string | null;
  readonly provisional: boolean;
  readonly since: string;
  readonly event_ids: readonly string[];
}

/** An event that set a value, and what stood before. */
export type Setting = Schemas['Setting'] & { readonly value?: Json; readonly replaced?: Json };

export async function twinOf(id: string, at: string | undefined, signal: AbortSignal): Promise<Twin> {
  const twin = await ask('/v1/twins/{id}', { params: { path: { id }, query: { at } }, signal });
  return twin as unknown as Twin;
}

/** The sections below the timeline, in their order; the number of the place is the key that goes there. */
export const TABS = [
  { name: 'values', title: 'Values' },
  { name: 'drift', title: 'Drift' },
  { name: 'trust', title: 'Trust' },
  { name: 'ledger', title: 'Ledger' },
  { name: 'edges', title: 'Edges' },
  { name: 'events', title: 'Events' },
  { name: 'changes', title: 'Changes' },
] as const;
export type Tab = (typeof TABS)[number]['name'];

/** The section that an address asks for: that of the event where it names one, else the first. */
export function tabOf(asked: string | null, event: string | null): Tab {
  return TABS.find(({ name }) => name === asked)?.name ?? (event === null ? 'values' : 'events');
}

/** The address of an event in the node's list; `when` is its timestamp, which finds it at once. */
export function eventLink(id: string, event: string, when?: string): string {
  return nodeLink(id, { tab: 'events', event, when });
}

/** The first instant of whole milliseconds that has seen what happened at a timestamp. */
export function seenAt(timestamp: string): string {
  const finer = /\.\d{3}0*[1-9]/.test(timestamp);
  return rfc3339(Date.parse(timestamp) + (finer ? 1 : 0));
}

/** The address of the node as it was right after a timestamp. */
export function thenLink(id: string, timestamp: string, tab?: Tab): string {
  return nodeLink(id, { at: seenAt(timestamp), tab });
}

/** A path of a twin as RFC 6901 writes it. */
export function pointer(...keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The keys of a dotted path of the drift analysis, where a dot inside a key is written `\.`. */
export function keysOf(dotted: string): string[] {
  return [...dotted.matchAll(/((?:\\.|[^\\.])+)(?:\.|$)/g)].map(([, key]) => key!.replace(/\\(.)/g, '$1'));
}

/** What is at keys of a tree; undefined where they lead nowhere. */
export function valueAt(tree: Json | undefined, keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>(
    (node, key) => (typeof node === 'object' && node !== null && Object.hasOwn(node, key) ? (node as Record<string, Json>)[key] : undefined),
    tree,
  );
}

export const SIDES = ['desired', 'actual'] as const;
export type Side = (typeof SIDES)[number];

/** Where a side of a finding stands in the twin; null where it stands nowhere. */
export function pathOf({ dimension, path, kind }: Pick<Finding, 'dimension' | 'path' | 'kind'>, side: Side): string | null {
  if (dimension === 'version') {
    return pointer('lifecycle', 'software', `${side}_version`);
  }
  if (dimension === 'policy') {
    return kind === 'violation' ? (side === 'actual' ? '/policy/violations' : null) : pointer('policy', `${side}_policy`);
  }
  return pointer('state', side, ...keysOf(path));
}

export interface Leaf {
  readonly keys: readonly string[];
  readonly desired: Json | undefined;
  readonly actual: Json | undefined;
}

/** The leaves of both sides of a configuration, by path; every list is a leaf. */
export function leaves(desired: Json | undefined, actual: Json | undefined, keys: readonly string[] = []): Leaf[] {
  const sides = [desired, actual].filter(isTree);
  if (sides.length === 0) {
    return keys.length === 0 ? [] : [{ keys, desired, actual }];
  }
  const below = [...new Set(sides.flatMap(Object.keys))].sort();
  return below.flatMap((key) => leaves(isTree(desired) ? desired[key] : undefined, isTree(actual) ? actual[key] : undefined, [...keys, key]));
}

export function isTree(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** True of a text that is an instant. */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value);
}
