export { allocateDraws, type DrawsAllocation } from "./allocate-draws.ts";
export type { DrawsProblem } from "./problem.ts";
