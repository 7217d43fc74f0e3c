import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: {
    alias: {
      'learnable/grader': fileURLToPath(new URL('./src/grader/index.ts', import.meta.url)),
      learnable: fileURLToPath(new URL('./src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 2,
    allowOnly: false,
    // What tests run is not what a person would look for.
    env: { LEARNABLE_HISTORY: 'off' },
  },
});
