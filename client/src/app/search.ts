import { DateRange, DEFAULT_MODEL, ModelName } from "@touchline/server/contract";
import { COMPARISONS, type Comparison, DEFAULT_COMPARISON, PRESETS, type Preset } from "./date-range.ts";

/**
 * The part of the address that every page shares. What is absent means the default; a change says so with `undefined`, or the link
 * would keep what was there.
 */
export interface PageSearch {
  from?: string | undefined;
  to?: string | undefined;
  /** Days that move on with the data; `from` and `to` stand over it. */
  days?: Preset | undefined;
  compare?: Comparison | undefined;
  model?: ModelName | undefined;
  /** Conversion types that figures are about. */
  types?: string[] | undefined;
  customers?: "new" | "returning" | undefined;
  /** Channels that tables and charts are narrowed to. */
  channels?: string[] | undefined;
}

export const SHARED_SEARCH = [
  "from",
  "to",
  "days",
  "compare",
  "model",
  "types",
  "customers",
  "channels",
] as const satisfies readonly (keyof PageSearch)[];

function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((each) => each === value);
}

/** The server takes no more at once. */
const MOST_TYPES = 50;

function namesIn(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return [...new Set(value.filter((each): each is string => typeof each === "string" && each !== ""))].sort();
}

/** Keeps what makes sense of an address and drops the rest: half a range or a range that ends before it starts is no range. */
export function parsePageSearch(search: Record<string, unknown>): PageSearch {
  const range = DateRange.safeParse({ from: search.from, to: search.to });
  const model = ModelName.safeParse(search.model);
  const days = oneOf(PRESETS, search.days);
  const compare = oneOf(COMPARISONS, search.compare);
  const customers = oneOf(["new", "returning"] as const, search.customers);
  const [types, channels] = [namesIn(search.types).slice(0, MOST_TYPES), namesIn(search.channels)];
  return {
    ...(range.success ? { from: range.data.from, to: range.data.to } : {}),
    ...(days !== undefined && !range.success ? { days } : {}),
    ...(compare !== undefined && compare !== DEFAULT_COMPARISON ? { compare } : {}),
    ...(model.success && model.data !== DEFAULT_MODEL ? { model: model.data } : {}),
    ...(types.length > 0 ? { types } : {}),
    ...(customers !== undefined ? { customers } : {}),
    ...(channels.length > 0 ? { channels } : {}),
  };
}
