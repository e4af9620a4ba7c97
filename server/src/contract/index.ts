export * from "./attribution.ts";
export * from "./channel-rules.ts";
export * from "./data.ts";
export * from "./health-rules.ts";
export * from "./performance.ts";
export * from "./planning.ts";
export * from "./scalars.ts";
export * from "./settings.ts";
