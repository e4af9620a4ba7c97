import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { DateRange } from "./scalars.ts";

/** What figures came from, as far as the server worked them out by a run. */
export const ResultOrigin = z.object({
  run: z.string(),
  model: ModelName,
  range: DateRange,
  computedAt: z.iso.datetime(),
  lookbackDays: z.number(),
});
export type ResultOrigin = z.infer<typeof ResultOrigin>;
