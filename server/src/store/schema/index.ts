export * from "./finance.ts";
export * from "./people.ts";
export * from "./rebalancing.ts";
export * from "./work.ts";
