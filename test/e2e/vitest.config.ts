import { defineConfig } from 'vitest/config';

/**
 * Tests on the real lab: real systemd, apt, runtimes and kubeadm. `main.ts` runs one file after the other: there is one
 * lab.
 */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    exclude: ['test/e2e/run/**'],
    setupFiles: ['test/e2e/support/first-failure.ts'],
    reporters: ['verbose'],
    fileParallelism: false,
    testTimeout: 900_000,
    hookTimeout: 1_800_000,
  },
});
