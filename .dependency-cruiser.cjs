/** Which folder may import which. The picture is in docs/architecture.md. */
const may = {
  app: ["app", "components", "db", "jobs", "auth", "config", "lib"],
  components: ["components", "lib"],
  lib: ["lib"],
  db: ["db", "lib"],
  collectors: ["collectors", "lib"],
  jobs: ["jobs", "collectors", "db", "notify", "lib", "config"],
  config: ["config", "lib"],
  auth: ["auth", "db", "config", "lib"],
  notify: ["notify", "db", "lib"],
};
const rooms = [
  "app",
  "auth",
  "bench",
  "cli",
  "collectors",
  "components",
  "config",
  "db",
  "demo",
  "e2e",
  "jobs",
  "lib",
  "notify",
];

module.exports = {
  forbidden: [
    ...Object.entries(may).map(([room, allowed]) => ({
      name: `${room}-imports`,
      severity: "error",
      from: { path: `^${room}/`, pathNot: "\\.test\\.tsx?$" },
      to: { path: `^(${rooms.filter((r) => !allowed.includes(r)).join("|")})/` },
    })),
    {
      name: "lib-is-pure",
      comment: "lib has no I/O: no Node modules but the hash function, no React, no driver",
      severity: "error",
      from: { path: "^lib/", pathNot: "\\.test\\.ts$" },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    { name: "cli-not-app", severity: "error", from: { path: "^cli/" }, to: { path: "^app/" } },
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(\\.next|node_modules)/" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx", ".js"],
    },
  },
};
