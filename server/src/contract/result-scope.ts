import { z } from "zod";
import { ModelName } from "./attribution.ts";
import { DateRange } from "./scalars.ts";

/** Which conversions figures are about. Empty: all. */
export const ConversionScope = z.object({
  conversionTypes: z.array(z.string()).max(50).default([]),
  customers: z.enum(["", "new", "returning"]).default(""),
});
export type ConversionScope = z.output<typeof ConversionScope>;

/** What the figures of a page are asked with: the days, those they are compared with, the model, and which conversions. */
export const ResultScope = ConversionScope.extend({
  range: DateRange,
  /** Null: nothing is compared. */
  compare: DateRange.nullable().default(null),
  model: ModelName,
});
export type ResultScope = z.output<typeof ResultScope>;
