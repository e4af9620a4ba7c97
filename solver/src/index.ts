export * from "./allocation/index.ts";
export * from "./attribution/index.ts";
export * from "./experiments/index.ts";
export * from "./linear/index.ts";
export * from "./model-error.ts";
export * from "./quantile.ts";
export * from "./response/index.ts";
export * from "./sum.ts";
