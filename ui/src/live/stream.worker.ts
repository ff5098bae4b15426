/**
 * The worker that holds the one stream from the service: it reads, resumes where it broke off, and
 * hands what came to the page four times a second.
 *
 * It tells the health of the stream with since-when. A stream that says nothing for longer than the
 * service keeps silent is lost.
 */

import {
  BATCH_MS,
  MOST_CHANGES,
  type Change,
  type FromWorker,
  type Health,
  type StreamedEvent,
  type ToWorker,
  type Watch,
} from './protocol';
import { MessageReader } from './sse';

/** The service says something every ten seconds. */
const SILENCE_MS = 25_000;
const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 8_000;

let watch: Watch | null = null;
let place: string | null = null;
let connection: AbortController | null = null;
let retry: ReturnType<typeof setTimeout> | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;
let pause = FIRST_RETRY_MS;

let changes: Change[] = [];
let dropped = 0;
let beat = false;
let health: Health = {
  status: 'connecting',
  since: Date.now(),
  heard: 0,
  reconnects: 0,
  gaps: 0,
  reason: '',
};
let told: Health | null = null;

function become(status: Health['status'], reason = ''): void {
  const since = health.status === status ? health.since : Date.now();
  health = { ...health, status, since, reason };
}

setInterval(() => {
  if (beat || health !== told) {
    const message: FromWorker = { health, changes, dropped, beat };
    postMessage(message);
    changes = [];
    dropped = 0;
    beat = false;
    told = health;
  }
}, BATCH_MS);

addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const next = event.data.watch;
  if (next?.filter !== watch?.filter) {
    // Another filter is another stream: what the last one told leads nowhere in it.
    place = null;
  }
  watch = next;
  clearTimeout(retry);
  connection?.abort();
  pause = FIRST_RETRY_MS;
  void connect();
});

function address(asked: Watch): string {
  const parts = [`topics=${asked.topics.map(encodeURIComponent).join(',')}`];
  if (asked.filter !== '') {
    parts.push(`filter=${encodeURIComponent(asked.filter)}`);
  }
  if (place !== null) {
    parts.push(`after=${encodeURIComponent(place)}`);
  }
  return `/v1/stream?${parts.join('&')}`;
}

async function connect(): Promise<void> {
  if (watch === null) {
    connection = null;
    return;
  }
  const mine = new AbortController();
  connection = mine;
  try {
    listen(mine);
    const response = await fetch(address(watch), {
      signal: mine.signal,
      headers: { Accept: 'text/event-stream' },
    });
    if (!response.ok || !response.body) {
      const body = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
      throw new Error(body.detail ?? `the service answered ${response.status}`);
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const messages = new MessageReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        throw new Error('the service ended the stream');
      }
      listen(mine);
      health = { ...health, heard: Date.now() };
      become('live');
      pause = FIRST_RETRY_MS;
      messages.read(value).forEach((message) => take(message.event, message.data));
    }
  } catch (thrown) {
    clearTimeout(silence);
    if (connection === mine) {
      again(thrown);
    }
  }
}

/** Gives the connection up where nothing comes for too long. */
function listen(mine: AbortController): void {
  clearTimeout(silence);
  silence = setTimeout(() => mine.abort(new Error('the service fell silent')), SILENCE_MS);
}

function again(thrown: unknown): void {
  // The browser says of a connection that is refused or broken off only that it is.
  const broken = thrown instanceof TypeError;
  become('lost', broken ? 'the service does not answer' : thrown instanceof Error ? thrown.message : String(thrown));
  health = { ...health, reconnects: health.reconnects + 1 };
  retry = setTimeout(() => void connect(), pause * (0.75 + Math.random() / 2));
  pause = Math.min(LAST_RETRY_MS, pause * 2);
}

interface Told {
  position?: string;
  node_id?: string;
  at?: string;
  cause?: string;
  events?: StreamedEvent[];
  topics?: string[];
  enter?: boolean;
  leave?: boolean;
  reason?: string;
  twin?: {
    identity?: { region?: string; zone?: string; component_type?: string };
    connectivity?: { state?: string };
    drift?: { severity?: string; status?: string };
    trust?: { integrity_state?: string };
  };
}

function take(event: string, data: string): void {
  const told = JSON.parse(data) as Told;
  switch (event) {
    case 'change':
      place = told.position ?? place;
      keep(told);
      break;
    case 'synced':
      // What was asked before the stream stood may be older than its beginning.
      beat = true;
      place = told.position ?? place;
      break;
    case 'bookmark':
      place = told.position ?? place;
      break;
    case 'gone':
      // What came in between is not told any more: whoever shows something asks for all of it.
      health = { ...health, gaps: health.gaps + 1 };
      place = told.reason === 'too_slow' ? (told.position ?? null) : null;
      beat = true;
      break;
  }
}

function keep(told: Told): void {
  beat = true;
  if (changes.length >= MOST_CHANGES) {
    dropped++;
    return;
  }
  const twin = told.twin;
  changes.push({
    node_id: told.node_id ?? '',
    at: told.at ?? '',
    cause: told.cause ?? 'events',
    events: told.events ?? [],
    topics: told.topics ?? [],
    enter: told.enter === true,
    leave: told.leave === true,
    state: twin?.connectivity?.state,
    severity: twin?.drift?.severity,
    status: twin?.drift?.status,
    integrity: twin?.trust?.integrity_state,
    region: twin?.identity?.region,
    zone: twin?.identity?.zone,
    component_type: twin?.identity?.component_type,
    ...(watch?.whole ? { twin } : {}),
  });
}
