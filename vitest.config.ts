import { defineConfig } from "vitest/config";

const PROMQL = "@prometheus-io/codemirror-promql";

/**
 * Two kinds of test: `unit` needs nothing but Node; `servers` starts real servers (Prometheus,
 * VictoriaMetrics, PostgreSQL, a browser), two files side by side.
 */
export default defineConfig({
  test: {
    reporters: ["default", "./.ci/summary.ts"],
    // Failures are planted by the hundred; a test that wants to see the log says so.
    env: { PLIMSOLL_LOG_LEVEL: "silent" },
    projects: [
      {
        // Its CommonJS half would bring another copy of the editor's own packages.
        resolve: {
          alias: { [PROMQL]: `${import.meta.dirname}/node_modules/${PROMQL}/dist/esm/index.js` },
        },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}", ".ci/*.test.ts"],
          exclude: ["**/*.server.test.ts", "node_modules/**", ".next/**"],
          // Generous: a busy machine makes no test wrong.
          testTimeout: 60_000,
          hookTimeout: 120_000,
          server: { deps: { inline: [PROMQL] } },
        },
      },
      {
        test: {
          name: "servers",
          include: ["**/*.server.test.ts"],
          exclude: ["node_modules/**", ".next/**"],
          globalSetup: ["./e2e/build.ts"],
          // Mostly they wait: for whole minutes, for pages, for one another.
          maxWorkers: 2,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
