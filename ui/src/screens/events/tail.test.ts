import { expect, test } from 'vitest';
import type { Change } from '../../live/protocol';
import { joined, lines, MOST_LINES, Rate, SECONDS } from './tail';

function change(node: string, at: number, ...ids: string[]): Change {
  return {
    node_id: node,
    at: new Date(at).toISOString(),
    cause: ids.length === 0 ? 'time' : 'events',
    events: ids.map((id) => ({ id, event_type: 'state_transition', timestamp: new Date(at).toISOString() })),
    topics: ['twins'],
    enter: false,
    leave: false,
  };
}

test('the newest event stands first, and what time alone did is a line too', () => {
  const tail = lines([change('a', 1_000, 'e1', 'e2'), change('b', 2_000)]);
  expect(tail.map(({ id, change: { node_id } }) => [node_id, id])).toEqual([
    ['b', null],
    ['a', 'e2'],
    ['a', 'e1'],
  ]);
});

test('a line that is told again stands once', () => {
  const first = lines([change('a', 1_000, 'e1')]);
  expect(joined(lines([change('a', 1_000, 'e1'), change('a', 2_000, 'e2')]), first).map(({ id }) => id)).toEqual(['e2', 'e1']);
});

test('the tail is no longer than it may be', () => {
  const many = Array.from({ length: MOST_LINES }, (_, i) => change('a', i, `e${i}`));
  const tail = joined(lines([change('b', MOST_LINES, 'new')]), lines(many));
  expect(tail).toHaveLength(MOST_LINES);
  expect(tail[0]!.id).toBe('new');
  expect(tail.at(-1)!.id).toBe('e1');
});

test('events are counted by seconds that are over', () => {
  const rate = new Rate();
  rate.add(5, 10_000);
  rate.add(2, 10_900);
  rate.add(9, 11_000);
  const counts = rate.perSecond(11_500);
  expect(counts).toHaveLength(SECONDS);
  expect(counts.slice(-2)).toEqual([0, 7]);
});
