export * from "./curve-families.ts";
export * from "./fit-saturating-curve.ts";
