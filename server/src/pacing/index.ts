export { fetchPacing } from "./pacing.ts";
