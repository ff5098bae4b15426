/** The questions that several screens ask, with the shapes of their answers. */

import type { Severity, Shown, State } from '../parts/encodings';
import { ask, type Schemas } from './client';

export type Projection = 'current' | 'drift' | 'connectivity' | 'lifecycle' | 'trust' | 'authority';
export type Row = Schemas['Row'];
export type Aggregate = Schemas['Aggregate'];
export type History = Schemas['AggregateHistory'];
export type Inbox = Schemas['Inbox'];
export type Item = Schemas['Item'];

interface OfFleet {
  readonly at?: string | undefined;
  readonly filter?: string | undefined;
  readonly group_by?: string | undefined;
}

/** The aggregates of a projection. */
export function aggregate(name: Projection, query: OfFleet, signal?: AbortSignal): Promise<Aggregate> {
  return ask('/v1/projections/{name}', { params: { path: { name }, query }, signal });
}

/** The aggregates over time: from `since` to `until` in steps (`15m`). */
export function history(
  name: Projection,
  query: OfFleet & { readonly since: string; readonly until: string; readonly step: string },
  signal?: AbortSignal,
): Promise<History> {
  return ask('/v1/projections/{name}/history', { params: { path: { name }, query }, signal });
}

/** What deserves attention, the worst first. */
export function attention(
  query: {
    readonly at?: string | undefined;
    readonly limit?: number;
    readonly rule?: string | undefined;
    readonly severity?: string | undefined;
    readonly state?: string | undefined;
  },
  signal?: AbortSignal,
): Promise<Inbox> {
  return ask('/v1/attention', { params: { query: query as { limit?: number } }, signal });
}

/** The counts of a row by state of connectivity. */
export function states(row: Row | undefined): Partial<Record<Shown, number>> {
  return row?.by_state ?? row?.by_connectivity ?? {};
}

/** A row of the list of nodes: what [LISTED] names of a twin. */
export interface ListedNode {
  readonly id: string;
  readonly identity: {
    readonly immutable_id: string;
    readonly component_type: string | null;
    readonly region: string | null;
    readonly zone: string | null;
  };
  readonly connectivity: {
    readonly state: State | null;
    readonly since: string | null;
    readonly sync_debt_seconds: number | null;
    readonly message_backlog: number | null;
  };
  readonly lifecycle: {
    readonly phase: string | null;
    readonly software: { readonly actual_version: string | null };
  };
  readonly operational: { readonly state: string | null };
  readonly drift: { readonly severity: Severity; readonly status: string; readonly findings: number };
  readonly trust: { readonly integrity_state: string };
}

const LISTED = [
  'identity',
  'connectivity.state',
  'connectivity.since',
  'connectivity.sync_debt_seconds',
  'connectivity.message_backlog',
  'lifecycle.phase',
  'lifecycle.software.actual_version',
  'operational.state',
  'drift',
  'trust.integrity_state',
].join(',');

export interface NodePage {
  readonly twins: readonly ListedNode[];
  readonly next_cursor?: string;
  readonly at: string;
}

/** A page of the list of nodes. */
export async function nodes(
  query: {
    readonly at?: string | undefined;
    readonly filter?: string | undefined;
    readonly sort?: string | undefined;
    readonly cursor?: string | undefined;
    readonly limit?: number;
  },
  signal?: AbortSignal,
): Promise<NodePage> {
  const page = await ask('/v1/twins', { params: { query: { ...query, fields: LISTED } }, signal });
  return page as unknown as NodePage;
}
