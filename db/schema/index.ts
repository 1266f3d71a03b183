export * from "./audit.ts";
export * from "./catalog.ts";
export * from "./delivery.ts";
export * from "./people.ts";
export * from "./sli.ts";
export * from "./sources.ts";
export * from "./status.ts";
