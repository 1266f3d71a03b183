export * from "./catalog.ts";
export * from "./sli.ts";
export * from "./sources.ts";
export * from "./status.ts";
