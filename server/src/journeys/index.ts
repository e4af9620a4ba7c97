export { ensureJourneys } from "./journeys.ts";
