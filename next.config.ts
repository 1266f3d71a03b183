import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // There are none to make smaller; without this anyone could have some made.
  images: { unoptimized: true },
  experimental: {
    // `forbidden()` answers 403 with app/forbidden.tsx.
    authInterrupts: true,
    // A longer body would be cut short without a word; cli/server refuses it before.
    proxyClientMaxBodySize: 6 * 1024 * 1024,
  },
  // Types are checked over the whole project by `npm run verify`; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Drivers, workers and telemetry load files of their own at run time: they stay outside the bundle.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@opentelemetry/exporter-prometheus",
    "@opentelemetry/sdk-node",
    "drizzle-orm",
    "pg",
    "pg-boss",
    "pino",
    "prometheus-query",
    "rrule-temporal",
  ],
};

export default config;
