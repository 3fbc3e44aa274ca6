import { defineConfig, mergeConfig } from 'vitest/config';
import endToEnd from '../e2e/vitest.config.ts';

/** Bring-ups that are killed at every step: too long for every change. */
export default mergeConfig(endToEnd, defineConfig({ test: { include: ['test/sweep/**/*.test.ts'] } }));
