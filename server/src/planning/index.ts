export { fetchCurves } from "./describe-curve.ts";
export { type FittedChannel, type FittedCurves, fitCurves } from "./fit-curves.ts";
export { GOAL_UNITS, priceInWords, proofInWords } from "./limit-words.ts";
export { NO_FACTS } from "./plan-facts.ts";
export type { PlanCurves } from "./plan-frame.ts";
export { planOnCurves, planToday } from "./plan-today.ts";
export type { PlanLimits } from "./prepare-channels.ts";
export { proposePlan } from "./propose.ts";
export { reasonInWords } from "./reason-words.ts";
export { marginalAt, revenueAt } from "./revenue-curve.ts";
export { roundToCents } from "./round-to-cents.ts";
export { planningRouter } from "./router.ts";
export {
  changesBetween,
  compareScenarios,
  findScenario,
  listScenarios,
  type MadePlan,
  removeScenario,
  renameScenario,
  saveScenario,
} from "./scenarios/index.ts";
export { solveInThread } from "./solve-in-thread.ts";
export { frontierOn, seekGoal, seekOn, traceFrontier, tryChannel, whatIfOn } from "./studies/index.ts";
export { todaysCurves } from "./todays-curves.ts";
export { planWeeks } from "./weeks/index.ts";
export { weighSplit } from "./weigh-split.ts";
