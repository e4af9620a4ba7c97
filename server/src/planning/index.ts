export { fetchCurves } from "./fit-curves.ts";
export type { PlanLimits } from "./prepare-channels.ts";
export { proposePlan } from "./propose.ts";
export { priceInWords, proofInWords } from "./words.ts";
