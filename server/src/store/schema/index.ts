export * from "./people.ts";
export * from "./work.ts";
