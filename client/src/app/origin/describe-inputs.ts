import type { ModelName, RunDetails } from "@touchline/server/contract";
import { z } from "zod";
import type { Words } from "../../i18n/words.ts";
import type { ConversionsMeant } from "./describe-conversions.ts";

/** Runs of other versions may have been recorded with other parameters: what is not known is left out. */
const Parameters = z.object({
  lookbackDays: z.number().optional().catch(undefined),
  viewDays: z.number().nullish().catch(undefined),
  halfLifeDays: z.number().optional().catch(undefined),
  order: z
    .union([z.number(), z.literal("auto")])
    .optional()
    .catch(undefined),
  worth: z.enum(["rate", "count"]).optional().catch(undefined),
  conversionTypes: z.array(z.string()).default([]).catch([]),
  customers: z.enum(["", "new", "returning"]).default("").catch(""),
});

export function conversionsOfRun(details: RunDetails): ConversionsMeant {
  const { conversionTypes, customers } = Parameters.parse(details.parameters);
  return { conversionTypes, customers };
}

/** The parameters that act on this model; those of other models are recorded with every run and mean nothing here. */
export function describeParameters(model: ModelName, details: RunDetails, { t }: Words): string[] {
  const { lookbackDays, viewDays, halfLifeDays, order, worth } = Parameters.parse(details.parameters);
  if (model === "incremental") return [t("origin.reach")];
  return [
    ...(lookbackDays === undefined ? [] : [t("origin.lookback", { count: lookbackDays })]),
    ...(typeof viewDays === "number" ? [t("origin.viewWindow", { count: viewDays })] : []),
    ...(model === "time-decay" && halfLifeDays !== undefined ? [t("origin.halfLife", { count: halfLifeDays })] : []),
    ...(model === "markov" && order !== undefined
      ? [order === "auto" ? t("origin.orderAuto") : t("origin.order", { order })]
      : []),
    ...(model === "shapley" && worth !== undefined
      ? [t(worth === "count" ? "origin.worthCount" : "origin.worthRate")]
      : []),
  ];
}
