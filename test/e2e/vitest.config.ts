import { defineConfig } from 'vitest/config';
import Order from './order.ts';

/** Tests on the real lab: real systemd, apt, runtimes and kubeadm. One file after the other: there is one lab. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    reporters: ['verbose', './test/e2e/time-limit.ts', './test/closing-line.ts'],
    fileParallelism: false,
    sequence: { concurrent: false, sequencer: Order },
    bail: 1,
    // On a machine that is busy with something else a wait can end in vain; what is wrong fails twice. The report names what was tried again.
    retry: 1,
    testTimeout: 900_000,
    hookTimeout: 1_800_000,
  },
});
