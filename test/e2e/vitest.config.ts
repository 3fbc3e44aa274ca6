import { defineConfig } from 'vitest/config';
import Order from './order.ts';

/** Tests on the real lab: real systemd, apt, runtimes and kubeadm. One file after the other: there is one lab. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    setupFiles: ['test/e2e/first-failure.ts'],
    reporters: ['verbose', './test/e2e/time-limit.ts', './test/e2e/second-try.ts', './test/closing-line.ts'],
    fileParallelism: false,
    sequence: { concurrent: false, sequencer: Order },
    testTimeout: 900_000,
    hookTimeout: 1_800_000,
  },
});
