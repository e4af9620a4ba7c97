import { z } from "zod";

const QueryPeak = z.object({
  name: z.string(),
  peakGb: z.number(),
  seconds: z.number(),
  readRows: z.number(),
});
/** The largest of each figure that a named command of the product has shown while it ran. */
export type QueryPeak = z.infer<typeof QueryPeak>;

const StageFigures = z.object({
  seconds: z.number(),
  /** Of all threads, user and system. */
  processorSeconds: z.number(),
  /** Largest resident memory of the process. */
  peakGb: z.number(),
  /** By the engine, from its tables and from files. */
  readRows: z.number(),
  readBytes: z.number(),
  queries: z.array(QueryPeak),
});
export type StageFigures = z.infer<typeof StageFigures>;

export const StageAnswer = z.object({ figures: StageFigures, stdout: z.string() });

export const STAGES = ["import", "journeys", "incremental", "data-driven credit"] as const;
export type Stage = (typeof STAGES)[number];

/** What is kept of one size. */
export const SizeFigures = z.object({
  touchpoints: z.number(),
  conversions: z.number(),
  /** On disk, once everything is there. */
  folderBytes: z.number(),
  stages: z.record(z.enum(STAGES), StageFigures),
});
export type SizeFigures = z.infer<typeof SizeFigures>;

/** Of commands that ran one after the other, as one: times and reads add up, memory is the largest. */
export function together(parts: readonly StageFigures[]): StageFigures {
  const sum = (of: (part: StageFigures) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    seconds: sum(({ seconds }) => seconds),
    processorSeconds: sum(({ processorSeconds }) => processorSeconds),
    peakGb: Math.max(...parts.map(({ peakGb }) => peakGb)),
    readRows: sum(({ readRows }) => readRows),
    readBytes: sum(({ readBytes }) => readBytes),
    queries: parts.flatMap(({ queries }) => queries).sort((a, b) => b.peakGb - a.peakGb),
  };
}
