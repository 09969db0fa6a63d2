import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['lamplight-source'] },
  ssr: { resolve: { conditions: ['lamplight-source', 'node', 'default'] } },
  test: {
    include: [
      'packages/*/test/**/*.test.ts',
      'apps/*/test/**/*.test.ts',
      'tools/**/*.test.ts',
      'e2e/**/*.test.ts',
    ],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
