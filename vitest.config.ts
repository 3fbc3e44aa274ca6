import { defineConfig } from 'vitest/config';

/** Their support modules hold servers and register hooks, for one file of tests each. */
const alone = ['test/agent/recovery/*.test.ts', 'test/coordinator/upkeep/backup/*.test.ts'];

/** The tests that need no lab. The lab's own stand in test/e2e and have their own configuration. */
export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'shared', include: ['test/shared/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: [
            'test/architecture.test.ts',
            'test/{agent,coordinator,deploy,docs,lab,bench,chaos,e2e/run}/**/*.test.ts',
          ],
          exclude: alone,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, isolate: true },
      },
    ],
    // Each worker loads the modules once for all its files: loading them for each file took a third of the time.
    isolate: false,
    // Compiling the sources is half of the time of a program that a test starts.
    env: { NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/compiled` },
    reporters: ['default', './test/closing-line.ts'],
    // Most tests wait for a process, a port or a clock far more than they compute.
    maxWorkers: 4,
    // On a machine that is busy with something else they wait longer; what is wrong seldom shows by hanging.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
