export { allocateDraws, type DrawsAllocation } from "./allocate-draws.ts";
export { comparePlans } from "./compare-plans.ts";
export type { DrawsProblem } from "./problem.ts";
