import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{agent,coordinator,shared,deploy,lab,bench}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
