/** What the page and the stream worker say to each other. */

/** What the stream tells of: topics of `GET /v1/stream`, and which nodes. */
export interface Watch {
  readonly topics: readonly string[];
  readonly filter: string;
  /** Changes come with the whole of what the topics show of the twin. */
  readonly whole: boolean;
}

export interface StreamedEvent {
  readonly id: string;
  readonly event_type: string;
  readonly timestamp: string;
}

/** A change of one node, or of the rows of an aggregate (`node_id` is empty then). */
export interface Change {
  readonly node_id: string;
  readonly at: string;
  readonly cause: string;
  readonly events: readonly StreamedEvent[];
  readonly topics: readonly string[];
  readonly enter: boolean;
  readonly leave: boolean;
  readonly state?: string | undefined;
  readonly severity?: string | undefined;
  readonly status?: string | undefined;
  readonly integrity?: string | undefined;
  readonly region?: string | undefined;
  readonly zone?: string | undefined;
  readonly component_type?: string | undefined;
  /** The members of the topics; only where the watch asked for the whole. */
  readonly twin?: unknown;
}

/** How the stream is. `since` is when it became so, in milliseconds. */
export interface Health {
  readonly status: 'connecting' | 'live' | 'lost';
  readonly since: number;
  /** When the service was last heard of. */
  readonly heard: number;
  /** How often it had to connect anew. */
  readonly reconnects: number;
  /** How often the place to go on from was no longer retained. */
  readonly gaps: number;
  /** Why it is lost, in words. */
  readonly reason: string;
}

/** From the page: watch this from now on; or, without a watch, nothing. */
export interface ToWorker {
  readonly watch: Watch | null;
}

/** From the worker, at most four times a second. */
export interface FromWorker {
  readonly health: Health;
  readonly changes: readonly Change[];
  /** How many more there were, where it is too many to hand over. */
  readonly dropped: number;
  /** Something changed, or may have: what is shown is to be asked anew. */
  readonly beat: boolean;
}

/** How many changes one message hands over. */
export const MOST_CHANGES = 4_000;
export const BATCH_MS = 250;
