import { defineConfig } from 'vitest/config';

/** The tests that need no lab. The lab's own stand in test/e2e and have their own configuration. */
export default defineConfig({
  test: {
    include: [
      'test/architecture.test.ts',
      'test/{agent,coordinator,shared,deploy,docs,lab,bench,chaos,e2e/run}/**/*.test.ts',
    ],
    reporters: ['default', './test/closing-line.ts'],
    // Most tests wait for a process, a port or a clock far more than they compute.
    maxWorkers: 4,
    // On a machine that is busy with something else they wait longer; what is wrong seldom shows by hanging.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
