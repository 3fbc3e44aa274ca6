import { defineConfig } from 'vitest/config';

/** Bring-ups that are killed at every step: too long for every change. One after the other: there is one lab. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/sweep/**/*.test.ts'],
    reporters: ['verbose', './test/closing-line.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    // Bare hosts are made for each bring-up, and being killed takes its time.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
  },
});
