import { z } from "zod";
import { DecimalString } from "./scalars.ts";

/** What figures can be narrowed to, whatever the days. */
export const ResultChoices = z.object({
  /** The most frequent first. */
  conversionTypes: z.array(z.object({ name: z.string(), conversions: z.number().int() })),
  /** Bookings that say so, or whose person is known; null where nothing tells the two apart. */
  customers: z.object({ new: z.number().int(), returning: z.number().int() }).nullable(),
  /** The dearest first, then those without spend. */
  channels: z.array(z.object({ name: z.string(), spend: DecimalString.nullable() })),
});
export type ResultChoices = z.infer<typeof ResultChoices>;
