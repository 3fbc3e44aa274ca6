import { defineConfig } from 'vitest/config';

/** The tests that need no lab. The lab's own stand in test/e2e and have their own configuration. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        // Functions without effects: each worker loads their modules once for all files.
        test: { name: 'shared', include: ['test/shared/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: [
            'test/architecture.test.ts',
            'test/{agent,coordinator,deploy,docs,lab,bench,chaos,e2e/run}/**/*.test.ts',
          ],
        },
      },
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
