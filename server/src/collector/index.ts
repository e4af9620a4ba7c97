export { openCollectorDesk } from "./open-desk.ts";
export { type CollectorCounts, type CollectorDesk, collectorRouter, newCollectorCounts } from "./router.ts";
