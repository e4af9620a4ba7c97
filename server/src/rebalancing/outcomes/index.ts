export { fetchOutcomes } from "./outcomes.ts";
