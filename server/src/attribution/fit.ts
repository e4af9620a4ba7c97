import { z } from "zod";
import { withoutPrototype } from "../without-prototype.ts";

/** What a fit found, kept with its run so that the run can be repeated and explained. */
export const Fit = z.object({
  warnings: z.array(z.string()),
  conversionProbability: z.number().nullable().default(null),
  removalEffects: z.record(z.string(), z.number()).default({}),
  /** What a model says of a channel beside its credit; the interval is of its conversions. */
  channels: z
    .record(
      z.string(),
      z.object({
        interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable().default(null),
        flags: z.array(z.string()).default([]),
      }),
    )
    .default({})
    .transform(withoutPrototype),
  /** Figures of the fit that are its own: the order that was chosen, a standard error. */
  figures: z.record(z.string(), z.unknown()).default({}),
});
export type Fit = z.output<typeof Fit>;

export function fitOf(found: z.input<typeof Fit>): Fit {
  return Fit.parse(found);
}
