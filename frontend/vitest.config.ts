import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: { alias: { '@': at('./src'), '@lang': at('../app/kit/lang') } },
  test: {
    environment: 'node',
    include: ['src/**/*.test.{ts,tsx}'],
    // One environment for all files: import time is most of a run.
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 60_000,
    css: false,
  },
});
