export { fetchJourneyFlow } from "./flow.ts";
export { ensureJourneys, ensureWatermark } from "./journeys.ts";
export { fetchJourneyLengths } from "./lengths.ts";
export { fetchJourneyPaths } from "./paths.ts";
export { fetchJourneyPositions } from "./positions.ts";
export { fetchJourneySummary } from "./summary.ts";
