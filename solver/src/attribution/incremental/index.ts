export { type CaptureSignature, type ChannelFacts, judgeDemandCapture } from "./demand-capture.ts";
export {
  type ChannelEffect,
  fitIncremental,
  type IncrementalFit,
  type IncrementalTask,
  type LiftTest,
} from "./fit-incremental.ts";
export type { IntentStatistics } from "./intent.ts";
export { LAG_BINS, LAG_EDGES_DAYS, LONGEST_LAG_DAYS } from "./lag-curves.ts";
export {
  AFTERMATH_EDGES_DAYS,
  type ConversionRows,
  type IncrementalStatistics,
  type ReachedPeople,
  SIZE_CLASSES,
  SIZE_EDGES,
  type SparseCounts,
} from "./statistics.ts";
