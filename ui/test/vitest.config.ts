import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['**/*.test.ts'],
    environment: 'node',
    // One service and one browser at a time.
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 600_000,
    // Long enough for a machine that does much else: what takes this long is not there.
    expect: { poll: { timeout: 150_000, interval: 50 } },
    reporters: ['default', './harness/sums.ts'],
  },
});
