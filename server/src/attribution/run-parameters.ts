import type { CreditAttribute, JourneyScope } from "@touchline/sql";
import type { z } from "zod";
import { type DateBasis, DEFAULT_LOOKBACK_DAYS, type ModelName } from "../contract/index.ts";

/** Everything that a run's credit depends on beside the data and the time zone. */
export interface RunParameters {
  readonly model: ModelName;
  readonly from: string;
  readonly to: string;
  readonly lookbackDays: number;
  /** For touches that were only seen; null: the lookback. */
  readonly viewDays: number | null;
  /** Sorted; none: every type. */
  readonly conversionTypes: readonly string[];
  readonly customers: "" | "new" | "returning";
  readonly dateBasis: DateBasis;
  /** What credit is broken down by beside channel, campaign and creative. */
  readonly attribute: CreditAttribute | "";
  /** Time decay only. */
  readonly halfLifeDays: number;
  /** Markov only: touches that a state remembers, or the number that held-out journeys speak for. */
  readonly order: number | "auto";
  /** Markov of a higher order only: what counts as a repeat. */
  readonly collapse: "windows" | "touches";
  /** Shapley only: what a set of channels is worth, the conversion rate of its journeys or their number. */
  readonly worth: "rate" | "count";
}

export const DEFAULT_HALF_LIFE_DAYS = 7;

export function runParameters(
  given: Pick<RunParameters, "model" | "from" | "to"> & Partial<RunParameters>,
): RunParameters {
  // In one order, whatever the order in which they are given: runs are found again by how their parameters are written.
  return {
    ...{ model: given.model, from: given.from, to: given.to },
    lookbackDays: DEFAULT_LOOKBACK_DAYS,
    viewDays: null,
    customers: "",
    dateBasis: "conversion",
    attribute: "",
    halfLifeDays: DEFAULT_HALF_LIFE_DAYS,
    order: 1,
    collapse: "windows",
    worth: "count",
    ...given,
    conversionTypes: [...new Set(given.conversionTypes)].sort(),
  };
}

/** The journeys that a run stands on. */
export function scopeOf(parameters: RunParameters, timeZone: string): z.input<typeof JourneyScope> {
  const { from, to, lookbackDays, viewDays, conversionTypes, customers } = parameters;
  return { from, to, timeZone, lookbackDays, viewDays, conversionTypes: [...conversionTypes], customers };
}
