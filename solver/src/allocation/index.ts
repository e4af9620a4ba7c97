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
export type { Repair } from "./conflict.ts";
export { type ParsedAllocationProblem, parseAllocationProblem } from "./parse-allocation-problem.ts";
export type { AllocationProblem, ChannelPlan, Constraint, Limit, Objective } from "./problem.ts";
