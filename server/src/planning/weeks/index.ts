export { planWeeks } from "./plan-weeks.ts";
