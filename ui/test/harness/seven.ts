/** A fleet of seven nodes, one in each state, that everything about is known. */

import type { Event } from './service';

const HOUR = 3_600_000;

/** The whole hour in which the fleet began, some hours ago. */
export const BEGAN = Math.floor(Date.now() / HOUR) * HOUR - 8 * HOUR;

/** The instant so many hours after the beginning. */
export function hour(hours: number): string {
  return new Date(BEGAN + hours * HOUR).toISOString().replace('.000', '');
}

/** What node 6 runs. */
const SBOM = `sha256:${'5b'.repeat(32)}`;
const STATES = ['live', 'delayed', 'edge-cached', 'autonomous', 'disconnected', 'returning', 'replaying'];

let number = 0;

export function event(subject: object, hours: number, event_type: string, payload: object): Event {
  number++;
  return { id: `evt-${number}`, timestamp: hour(hours), ...subject, event_type, payload } as Event;
}

export function node(id: number | string, hours: number, event_type: string, payload: object): Event {
  return event({ node_id: typeof id === 'number' ? `node-${id}` : id }, hours, event_type, payload);
}

/** At the beginning all nodes are registered and live; from the second hour each is in its own state. */
export function seven(): Event[] {
  const events: Event[] = [
    event({ domain_id: 'region-a' }, 0, 'domain_registered', { kind: 'region' }),
    event({ domain_id: 'zone-1' }, 0, 'domain_registered', { kind: 'zone', parent: 'region-a' }),
    event({ domain_id: 'zone-2' }, 0, 'domain_registered', { kind: 'zone', parent: 'region-a' }),
    event({ domain_id: 'region-a' }, 0, 'authority_claimed', { level: 'regional', master: 'control-a' }),
    event({ domain_id: 'zone-2' }, 0, 'federation_linked', { upstream: 'region-a', mode: 'opportunistic' }),
    event({ component: 'gateway' }, 0, 'release_published', { version: '1.0.0' }),
    event({ component: 'gateway' }, 1, 'release_published', { version: '1.1.0', security: true }),
  ];
  STATES.forEach((state, i) => {
    const id = i + 1;
    events.push(
      node(id, 0, 'node_registered', {
        component_type: 'gateway',
        region: 'region-a',
        zone: id <= 4 ? 'zone-1' : 'zone-2',
        trust_domain: 'prod',
      }),
      node(id, 0, 'state_transition', { to: 'active' }),
      node(id, 0, 'state_transition', { to: 'live' }),
      node(id, 0, 'desired_state_changed', { software_version: '1.0.0', policy_version: 'p1', config: { log: { level: 'info' } } }),
      node(id, 0, 'actual_state_reported', { software_version: '1.0.0', policy_version: 'p1', config: { log: { level: 'info' } } }),
      node(id, 0, 'attestation_performed', { result: 'verified', verifier: 'gate' }),
      node(id, 0, 'relationship_added', { to: `node-${(id % STATES.length) + 1}`, type: 'signaling' }),
    );
    if (state !== 'live') {
      events.push(node(id, 2, 'state_transition', { to: state, reason: `it is ${state} now` }));
    }
  });
  events.push(
    node(2, 3, 'desired_state_changed', { config: { log: { level: 'warn' } } }),
    node(3, 3, 'desired_state_changed', { software_version: '1.1.0' }),
    node(4, 3, 'actual_state_reported', { compliance: { passed: 8, failed: 2 } }),
    node(5, 3, 'attestation_performed', { result: 'failed', verifier: 'gate' }),
    node(6, 3, 'sbom_updated', {
      component: 'gateway',
      version: '1.0.0',
      sbom_hash: SBOM,
      dependencies: [{ name: 'lodash', version: '4.17.20', purl: 'pkg:npm/lodash@4.17.20' }],
    }),
    node(6, 3, 'actual_state_reported', { software_version: '1.0.0', sbom_hash: SBOM }),
    node(7, 3, 'replay_started', { total: 40 }),
    node(7, 3, 'replay_progressed', { processed: 10, total: 40 }),
  );
  return events;
}
