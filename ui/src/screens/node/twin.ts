/** What the service answers about one node (docs/twin.md), as far as its screen shows it. */

import { ask } from '../../api/client';
import type { Severity, State } from '../../parts/encodings';

export interface Twin {
  readonly identity: {
    readonly immutable_id: string;
    readonly name: string | null;
    readonly component_type: string | null;
    readonly region: string | null;
    readonly zone: string | null;
    readonly clusters: readonly string[];
    readonly trust_domain: string | null;
  };
  readonly connectivity: {
    readonly state: State | null;
    readonly since: string | null;
    readonly sync_debt_seconds: number | null;
    readonly sync_debt_parts: Readonly<Record<string, number>> | null;
    readonly message_backlog: number | null;
    readonly backlog_by_type: Readonly<Record<string, number>> | null;
    readonly return_eta: string | null;
    readonly replay: {
      readonly processed: number;
      readonly total: number | null;
      readonly rate_per_second: number | null;
      readonly eta: string | null;
    } | null;
  };
  readonly lifecycle: { readonly phase: string | null; readonly update: Readonly<Record<string, unknown>> | null };
  readonly operational: { readonly state: string | null };
  readonly trust: { readonly integrity_state: string; readonly trust_score: number };
  readonly drift: { readonly status: string; readonly score: number; readonly severity: Severity; readonly findings: number };
  readonly authority: {
    readonly domain: string;
    readonly level: string | null;
    readonly master: string | null;
    readonly epoch: number | null;
    readonly conflict: boolean;
    readonly claimants: readonly string[];
  } | null;
  readonly meta: { readonly revision: string; readonly events: number; readonly updated_at: string; readonly at: string };
}

export interface Finding {
  readonly dimension: string;
  readonly path: string;
  readonly kind: string;
  readonly desired?: unknown;
  readonly actual?: unknown;
  readonly severity: Severity;
  readonly impact?: string | null;
  readonly provisional: boolean;
  readonly since?: string | null;
  readonly event_ids: readonly string[];
}

export interface StoredEvent {
  readonly id: string;
  readonly timestamp: string;
  readonly event_type: string;
  readonly source?: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly hash: string;
  readonly recorded_at: string;
  readonly annulled: boolean;
}

export interface Asked {
  readonly id: string;
  readonly at: string | undefined;
}

export async function twinOf({ id, at }: Asked, signal: AbortSignal): Promise<Twin> {
  return (await ask('/v1/twins/{id}', { params: { path: { id }, query: { at } }, signal })) as unknown as Twin;
}

/** The path in `why` of a path in a finding: `a.b\.c` is `/state/desired/a/b.c`. */
export function pointer(side: 'desired' | 'actual', { dimension, path }: Finding): string {
  if (dimension === 'version') {
    return `/lifecycle/software/${side}_version`;
  }
  if (dimension === 'policy') {
    return path === 'policy_version' ? `/policy/${side}_policy` : '/policy/violations';
  }
  // A dot parts keys, unless a backslash stands before it.
  const keys = (path.match(/(?:\\.|[^.\\])+/g) ?? []).map((key) => key.replace(/\\(.)/g, '$1'));
  return `/state/${side}/${keys.map((key) => key.replaceAll('~', '~0').replaceAll('/', '~1')).join('/')}`;
}
