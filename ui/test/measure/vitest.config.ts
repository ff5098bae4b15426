import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: import.meta.dirname,
  test: {
    include: ['measure.ts', 'soak.ts'],
    environment: 'node',
    // A soak of half an hour, and what comes before it.
    testTimeout: 2_700_000,
    hookTimeout: 600_000,
  },
});
