export * from "./attribution.ts";
export * from "./performance.ts";
export * from "./planning.ts";
export * from "./scalars.ts";
