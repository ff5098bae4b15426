/** Findings of several nodes that say the same, as `GET /v1/drift/findings?group=identical` answers them. */

import type { Severity } from '../../parts/encodings';

export interface Identical {
  readonly dimension: string;
  readonly path: string;
  readonly kind: string;
  readonly desired?: unknown;
  readonly actual?: unknown;
  readonly severity: Severity;
  readonly impact?: string | null;
  readonly nodes: number;
  readonly provisional: number;
  readonly node_ids: readonly string[];
  readonly since: string;
}
