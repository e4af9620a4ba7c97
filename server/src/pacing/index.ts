export { fetchPacing } from "./pacing.ts";
export { planOfMonth } from "./plan-of-month.ts";
