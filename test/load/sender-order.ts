import { z } from "zod";

/** What the process is told, as its only argument. */
export const SenderOrder = z.object({
  url: z.string(),
  key: z.string(),
  run: z.string(),
  eventsPerSecond: z.number().positive(),
  seconds: z.number().positive(),
});
export type SenderOrder = z.infer<typeof SenderOrder>;

const Counts = z.object({
  /** Lines of this kind were made with the numbers from 0 to before this. */
  lines: z.number(),
  /** Lines of which the sender was told that they are safe or refused, each counted once. */
  acknowledged: z.number(),
});

/** What it says at its end. Milliseconds count from when a batch was due, so that a sender that falls behind does not look fast. */
export const SenderReport = z.object({
  touchpoints: Counts,
  conversions: Counts,
  /** Lines that were sent once more after their acknowledgement. */
  repeated: z.number(),
  /** Answers other than 202, by status; 0 where the connection ended without one. */
  refusals: z.record(z.string(), z.number()),
  acknowledgeMs: z.array(z.number()),
  /** From the first batch until the last acknowledgement. */
  seconds: z.number(),
  processorSeconds: z.number(),
});
export type SenderReport = z.infer<typeof SenderReport>;
