export {
  analyseGeoTest,
  GEO_LEVEL,
  type GeoMethodResult,
  type GeoTestResult,
  type TimeBefore,
} from "./analyse-geo-test.ts";
export { GEO_METHODS, type GeoMethod } from "./counterfactual.ts";
export { designGeoTest, type GeoDesign } from "./design-geo-test.ts";
export type { RegionPanel } from "./panel.ts";
export { type KnownChannel, suggestTests, type TestSuggestion } from "./suggest-tests.ts";
