import { expect, test } from 'vitest';
import type { Layout, States } from './bytes';
import { layoutOf } from './fleets';
import { MOST_KEPT, Moments, type Shown } from './moments';

const LAYOUT = layoutOf({ regions: 1, zones: 1, homes: 4 });

/** A service that answers when it is told to. */
function service({ revision = () => 1, now = 0 }: { revision?: (at: number) => number; now?: number } = {}) {
  const asked: { at: number; signal: AbortSignal; answer: () => void }[] = [];
  const layouts: number[] = [];
  const shown: Shown[] = [];
  const failed: unknown[] = [];
  const moments = new Moments(
    {
      layout: (at) => {
        layouts.push(at!);
        return Promise.resolve({ ...LAYOUT, stamp: { ...LAYOUT.stamp, revision: revision(at!) } } satisfies Layout);
      },
      states: (at, signal) =>
        new Promise<States>((resolve) => {
          const stamp = { ...LAYOUT.stamp, revision: revision(at!), at: at! };
          asked.push({ at: at!, signal, answer: () => resolve({ stamp, bits: new Uint16Array(4) }) });
        }),
    },
    (one) => shown.push(one),
    (thrown) => failed.push(thrown),
    () => now,
  );
  return { moments, asked, layouts, shown, failed };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

test('while one is asked for, only the newest wish waits', async () => {
  const { moments, asked, shown } = service();
  [1, 2, 3, 4].forEach((at) => moments.want(at));
  expect(asked.map(({ at }) => at)).toEqual([1]);
  asked[0]!.answer();
  await settled();
  expect(asked.map(({ at }) => at)).toEqual([1, 4]);
  asked[1]!.answer();
  await settled();
  expect(shown.map(({ at }) => at)).toEqual([1, 4]);
});

test('what was shown is shown again without asking, up to a bound', async () => {
  const { moments, asked, shown } = service();
  for (let at = 0; at <= MOST_KEPT; at++) {
    moments.want(at);
    asked.at(-1)!.answer();
    await settled();
  }
  const before = asked.length;
  moments.want(MOST_KEPT);
  expect(asked).toHaveLength(before);
  expect(shown.at(-1)!.at).toBe(MOST_KEPT);
  moments.want(0);
  expect(asked).toHaveLength(before + 1);
});

test('the map is asked for anew where the instant has another one', async () => {
  const { moments, asked, layouts, shown } = service({ revision: (at) => (at < 10 ? 1 : 2) });
  for (const at of [1, 2, 11]) {
    moments.want(at);
    asked.at(-1)!.answer();
    await settled();
  }
  expect(layouts).toEqual([1, 11]);
  expect(shown.map(({ layout }) => layout.stamp.revision)).toEqual([1, 1, 2]);
});

test('who goes on by equal steps finds the next one asked for already, up to now', async () => {
  const { moments, asked, shown } = service({ now: 100 });
  const answer = async (at: number) => {
    asked.find((one) => one.at === at)!.answer();
    await settled();
  };
  moments.want(60);
  await answer(60);
  expect(asked.map(({ at }) => at)).toEqual([60]);
  moments.want(70);
  await answer(70);
  expect(asked.map(({ at }) => at)).toEqual([60, 70, 80]);
  // One that is on its way is waited for, one that came is there.
  moments.want(80);
  expect(asked).toHaveLength(3);
  await answer(80);
  expect(asked.map(({ at }) => at)).toEqual([60, 70, 80, 90]);
  await answer(90);
  moments.want(90);
  await settled();
  expect(asked).toHaveLength(4);
  expect(shown.map(({ at }) => at)).toEqual([60, 70, 80, 90]);
});

test('one that was wished for is waited for, also where one looks elsewhere meanwhile', async () => {
  const { moments, asked, failed } = service({ now: 100 });
  for (const at of [60, 70]) {
    moments.want(at);
    asked.find((one) => one.at === at)!.answer();
    await settled();
  }
  moments.want(80);
  moments.want(60);
  expect(asked.map(({ at, signal }) => ({ at, given: signal.aborted }))).toContainEqual({ at: 80, given: false });
  expect(failed).toEqual([]);
});

test('what was asked for ahead is given up where one looks elsewhere', async () => {
  const { moments, asked, failed } = service({ now: 100 });
  for (const at of [60, 70, 40]) {
    moments.want(at);
    asked.find((one) => one.at === at)!.answer();
    await settled();
  }
  expect(asked.map(({ at, signal }) => ({ at, given: signal.aborted }))).toContainEqual({ at: 80, given: true });
  expect(failed).toEqual([]);
});

test('while wishes come faster than answers nothing is asked for ahead', async () => {
  const { moments, asked } = service({ now: 100 });
  [10, 20, 30].forEach((at) => moments.want(at));
  asked[0]!.answer();
  await settled();
  expect(asked.map(({ at }) => at)).toEqual([10, 30]);
});
