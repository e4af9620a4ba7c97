export { allocateWeeks } from "./allocate-weeks.ts";
export { evaluateWeeks, type WeeksValue } from "./evaluate-weeks.ts";
export type {
  OptimalWeeks,
  WeeksAllocation,
  WeeksBinding,
  WeeksChannel,
  WeeksConstraint,
  WeeksLimit,
  WeeksObjective,
  WeeksProblem,
  WeeksRepair,
} from "./problem.ts";
