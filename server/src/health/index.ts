export {
  fetchFreshness,
  fetchImports,
  fetchReceivedByDay,
  fetchRefused,
  fetchRefusedReasons,
  selectRefused,
} from "./data-page.ts";
export { fetchHealth } from "./report.ts";
