export {
  fetchFreshness,
  fetchImports,
  fetchReceivedByDay,
  fetchRefused,
  fetchRefusedReasons,
  selectRefused,
} from "./data-page.ts";
export { countChecks, rememberHealth } from "./remember-health.ts";
export { fetchHealth } from "./report.ts";
