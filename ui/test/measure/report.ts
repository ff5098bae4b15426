/** What was measured, as a table between two marks of docs/performance.md. */

import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';

const PAGE = join(import.meta.dirname, '../../../docs/performance.md');

export interface Row {
  readonly what: string;
  readonly seen: string;
  readonly floor: string;
  readonly met: boolean;
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

/** Writes the rows between `<!-- name -->` and `<!-- end of name -->`, and says them. */
export function report(name: string, rows: readonly Row[]): void {
  const begin = `<!-- ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined || rows.length === 0) {
    throw new Error(`found no ${begin} … ${end} in docs/performance.md, or nothing was measured`);
  }
  const lines = rows.map(({ what, seen, floor, met }) => `| ${what} | ${seen} | ${floor} | ${met ? 'yes' : '**no**'} |`);
  const beside = `Taken with a load of ${loadavg()[0]!.toFixed(1)} on ${availableParallelism()} processors, ${new Date().toISOString().slice(0, 10)}.`;
  const table = ['| what | seen | floor | met |', '|---|---|---|---|', ...lines].join('\n');
  writeFileSync(PAGE, `${before}${begin}\n${beside}\n\n${table}\n${end}${after}`);
  console.log(`${beside}\n${table}`);
}
