/** Tells how many tests there were in the words of the rest of the build. */

import type { Reporter, TestModule } from 'vitest/node';

export default class Sums implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const states = modules.flatMap((module) => [...module.children.allTests()].map((test) => test.result().state));
    const count = (state: string) => states.filter((one) => one === state).length;
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length;
    console.log(
      `[INFO] Tests run: ${states.length}, Failures: ${count('failed')}, Errors: ${broken}, Skipped: ${count('skipped') + count('pending')}`,
    );
  }
}
