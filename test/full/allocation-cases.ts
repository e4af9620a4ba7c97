import { readFileSync } from "node:fs";
import { join } from "node:path";
import { referenceData } from "./reference-data.ts";

type Json = Readonly<Record<string, unknown>>;

export interface ReferenceChannel extends Json {
  readonly name: string;
  readonly curve?: Json;
  readonly curve_draws?: Json;
  readonly upper?: number | null;
}

export interface ReferenceLimit extends Json {
  readonly name?: string;
  readonly type: string;
  readonly value?: number;
  readonly args?: readonly unknown[];
}

type ByChannel = Readonly<Record<string, number>>;

/** An allocation problem solved by two independent methods: concave values are good to 1e-12, prices to 1e-10. */
export interface ReferenceCase {
  readonly id: string;
  readonly objective?: Json;
  readonly channels: readonly ReferenceChannel[];
  readonly constraints?: readonly ReferenceLimit[];
  readonly season?: readonly number[];
  readonly optimal?: Json & {
    readonly objective_value: number;
    readonly spend: Readonly<Record<string, number | number[]>>;
  };
  readonly duals?: {
    readonly budget_shadow_price?: number | null;
    readonly budget_shadow_price_given_on_set?: number;
    readonly roas_or_target_multiplier?: number | null;
    readonly groups?: ByChannel;
    readonly reduced_cost?: ByChannel;
  };
  readonly one_iis?: readonly string[];
  readonly minimal_relaxations?: readonly {
    readonly constraint: string;
    readonly raise_to?: number;
    readonly lower_to?: number;
    readonly lower_by?: number;
  }[];
  readonly frontier?: readonly {
    readonly budget: number;
    readonly value: number;
    readonly shadow_price: number;
    readonly roas: number;
    readonly spend: ByChannel;
  }[];
}

export function readCases(): readonly ReferenceCase[] {
  const folder = referenceData();
  if (folder === null)
    throw new Error("No reference data: set TOUCHLINE_REFERENCE_DATA or run the suite without this file.");
  const file: { cases: ReferenceCase[] } = JSON.parse(
    readFileSync(join(folder, "allocation", "optimiser_cases.json"), "utf8"),
  );
  return file.cases;
}

/** The problem without its answer. */
export function questionOf({ optimal: _, duals: __, frontier, ...question }: ReferenceCase): ReferenceCase {
  return frontier === undefined
    ? question
    : { ...question, frontier: frontier.map(({ budget }) => ({ budget })) as never };
}

const HEIGHTS = ["beta", "a"];
const RETURNS = ["blended_roas_floor", "channel_roas_floor"];

/** The same problem with every response `factor` times as high, and what is asked of returns with it. */
export function withResponses(given: ReferenceCase, factor: number): ReferenceCase {
  const times = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(times) : typeof value === "number" ? value * factor : value;
  const higher = (curve: Json): Json =>
    Object.fromEntries(
      Object.entries(curve).map(([key, value]) => [key, HEIGHTS.includes(key) ? times(value) : value]),
    );
  const limit = (one: ReferenceLimit): ReferenceLimit => {
    if (!RETURNS.includes(one.type)) return one;
    const { implied_upper: _, ...rest } = one;
    return {
      ...rest,
      ...(one.value === undefined ? {} : { value: one.value * factor }),
      ...(one.args === undefined ? {} : { args: [one.args[0], times(one.args[1])] }),
      ...(one.values === undefined
        ? {}
        : {
            values: Object.fromEntries(
              Object.entries(one.values as ByChannel).map(([name, floor]) => [name, floor * factor]),
            ),
          }),
    };
  };
  const { objective } = given;
  return {
    ...given,
    ...(objective?.spend_weight === undefined
      ? {}
      : { objective: { ...objective, spend_weight: times(objective.spend_weight) } }),
    channels: given.channels.map(({ curve, curve_draws, ...channel }) => ({
      ...channel,
      ...(curve === undefined ? {} : { curve: higher(curve) }),
      ...(curve_draws === undefined ? {} : { curve_draws: higher(curve_draws) }),
    })),
    ...(given.constraints === undefined ? {} : { constraints: given.constraints.map(limit) }),
  };
}

/** The same problem with its channels in reverse under other names. */
export function renamed(given: ReferenceCase, nameOf: (name: string) => string): ReferenceCase {
  const names = given.channels.map(({ name }) => name);
  const rename = (value: unknown): unknown => {
    if (typeof value === "string") return names.includes(value) ? nameOf(value) : value;
    if (Array.isArray(value)) return value.map(rename);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [names.includes(key) ? nameOf(key) : key, rename(one)]),
    );
  };
  return {
    ...given,
    channels: given.channels.map((channel) => ({ ...channel, name: nameOf(channel.name) })).reverse(),
    ...(given.constraints === undefined ? {} : { constraints: rename(given.constraints) as ReferenceLimit[] }),
  };
}
