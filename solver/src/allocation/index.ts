export {
  type Allocation,
  allocate,
  type BindingLimit,
  type Certificate,
  type Duals,
  type InfeasibleAllocation,
  type OptimalAllocation,
  type StoppedAllocation,
} from "./allocate.ts";
export { allocateDraws, type DrawsAllocation, type DrawsProblem } from "./draws/index.ts";
export { allocateInteger } from "./integer/index.ts";
export {
  type LimitNames,
  nameOfLimit,
  type ParsedProblem,
  parseAllocationProblem,
  parseCurve,
  parseCurveDraws,
  parseProblem,
} from "./parse/index.ts";
export type { AllocationProblem, ChannelPlan, Constraint, Limit, Objective } from "./problem.ts";
export type { Repair } from "./repair.ts";
export { type CrossCheck, type RootFinding, rootFindingCheck } from "./root-finding-check.ts";
export { type FrontierPoint, type ProblemAnswer, solveProblem } from "./solve-problem.ts";
export {
  allocateWeeks,
  evaluateWeeks,
  type OptimalWeeks,
  type WeeksAllocation,
  type WeeksBinding,
  type WeeksChannel,
  type WeeksConstraint,
  type WeeksLimit,
  type WeeksObjective,
  type WeeksProblem,
  type WeeksRepair,
  type WeeksValue,
} from "./weeks/index.ts";
