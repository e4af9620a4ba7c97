export * from "./decompose-change.ts";
export * from "./decompose-total.ts";
