import { defineConfig } from 'vitest/config';

const unsteady = [
  'diagnosis-runtime',
  'recovery-careful',
  'recovery-control-plane',
  'recovery-worker',
  'uninstall',
  'update',
].map((name) => `test/e2e/${name}.test.ts`);

/** Tests on the real lab: real systemd, apt, runtimes and kubeadm. One file after the other: there is one lab. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/e2e/**/*.test.ts'],
    // Run these by name: `npm run test:e2e -- FILE`. They are not steady yet, and one that fails would hide the others.
    exclude: process.argv.some((argument) => argument.endsWith('.test.ts')) ? [] : unsteady,
    reporters: ['verbose', './test/closing-line.ts'],
    fileParallelism: false,
    sequence: { concurrent: false },
    bail: 1,
    testTimeout: 300_000,
    hookTimeout: 1_800_000,
  },
});
