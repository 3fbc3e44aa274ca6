import { defineConfig } from 'vitest/config';

/**
 * Bring-ups that are interrupted at every step; too slow to run for every change. Sequential, because there is one lab.
 */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/sweep/**/*.test.ts'],
    reporters: ['verbose', './test/closing-line.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    // Each bring-up starts with new hosts, and interruptions slow it down.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
