import { defineConfig } from "vitest/config";

/**
 * Two kinds of test: `unit` needs nothing but Node; `servers` starts real servers (Prometheus,
 * VictoriaMetrics, PostgreSQL, a browser) and runs its files one after the other on two cores.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["**/*.test.ts", "**/*.test.tsx"],
          exclude: ["**/*.server.test.ts", "e2e/**", "node_modules/**", ".next/**"],
        },
      },
      {
        test: {
          name: "servers",
          include: ["**/*.server.test.ts"],
          exclude: ["node_modules/**", ".next/**"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
