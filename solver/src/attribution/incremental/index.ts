export { type CaptureSignature, type ChannelFacts, judgeDemandCapture } from "./demand-capture.ts";
export type { ChannelEffect } from "./describe-effects.ts";
export { fitIncremental, type IncrementalFit, type IncrementalTask } from "./fit-incremental.ts";
export type { IntentStatistics } from "./intent.ts";
export { LAG_BINS, LAG_EDGES_DAYS, LONGEST_LAG_DAYS } from "./lag-curves.ts";
export { clearByTests, type LiftTest } from "./lift-evidence.ts";
export {
  AFTERMATH_EDGES_DAYS,
  type ConversionRows,
  type IncrementalStatistics,
  type ReachedPeople,
  SIZE_CLASSES,
  SIZE_EDGES,
  type SparseCounts,
} from "./statistics.ts";
