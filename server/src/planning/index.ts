export { fetchCurves } from "./fit-curves.ts";
export { type PlanLimits, proposePlan } from "./propose.ts";
