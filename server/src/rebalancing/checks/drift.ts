import { type StabilityIndex, stabilityIndex } from "@touchline/solver";
import type { RebalancingCheck } from "../../contract/index.ts";
import { endOfSpend } from "./channel-silent.ts";
import { groupsOf, RECENT_DAYS, seriesOf, type Watched } from "./watched.ts";
import { checkOf } from "./words.ts";

/** A drift beyond the limit counts where chance alone makes so large an index less often than this. */
const CHANCE = 0.001;
const MOST_BINS = 12;
const REST = "all others";
/** Of a rate: recent over before, as one bin of the index would tell it. */
const rateIndex = (ratio: number) => (ratio - 1) * Math.log(ratio);

export interface DriftOptions {
  /** The first day that the last run's model was fitted on; null: there was none. */
  readonly fittedFrom: string | null;
  readonly limit: number;
  /** Paused channels are held anyway: their silence is no drift of the others. */
  readonly silent: readonly string[];
  /** Plans that were approved in these weeks: they move the mix on purpose. */
  readonly plans: number;
}

type DriftRule = "spend-drift" | "journey-drift" | "conversion-drift";

/** Whether the newest four weeks are what the model of the last run was fitted on. */
export function judgeDrift(watched: Watched, options: DriftOptions): RebalancingCheck[] {
  if (options.fittedFrom === null)
    return (["spend-drift", "journey-drift", "conversion-drift"] as const).map((rule) =>
      checkOf(rule, "passed", { says: "first" }),
    );
  return [...spendDrift(watched, options), ...journeyDrift(watched, options), ...conversionDrift(watched, options)];
}

function spendDrift(watched: Watched, options: DriftOptions): RebalancingCheck[] {
  const { days } = watched;
  const end = endOfSpend(watched) + 1;
  const rows = watched.spend.filter(({ channel }) => !options.silent.includes(channel));
  const bins = binsOf(
    days,
    rows,
    ({ channel }) => channel,
    ({ cost }) => Math.max(0, cost),
  );
  return [judge("spend-drift", days.slice(0, end), bins, options, {})];
}

function journeyDrift(watched: Watched, options: DriftOptions): RebalancingCheck[] {
  const { days } = watched;
  const rows = watched.touches.filter(({ channel }) => !options.silent.includes(channel));
  const channels = binsOf(
    days,
    rows,
    ({ channel }) => channel,
    ({ touches }) => touches,
  );
  const lengths = {
    names: ["1", "2", "3 to 4", "5 to 8", "more than 8"],
    series: (["one", "two", "four", "eight", "more"] as const).map((size) =>
      seriesOf(days, watched.visitors, (row) => row[size]),
    ),
  };
  return [
    judge("journey-drift", days, channels, options, { of: "channels" }),
    judge("journey-drift", days, lengths, { ...options, plans: 0 }, { of: "lengths" }),
  ];
}

function conversionDrift(watched: Watched, options: DriftOptions): RebalancingCheck[] {
  const { days } = watched;
  const name = (row: Watched["conversions"][number]) =>
    row.customerType === "" ? row.conversionType : `${row.conversionType}, ${row.customerType}`;
  const segments = binsOf(days, watched.conversions, name, ({ conversions }) => conversions);
  const converted = seriesOf(days, watched.conversions, ({ conversions }) => conversions);
  const touched = seriesOf(
    days,
    watched.visitors,
    ({ one, two, four, eight, more }) => one + two + four + eight + more,
  );
  const rate = { names: ["conversions", "touched visitors"], series: [converted, touched] };
  return [
    judge("conversion-drift", days, segments, options, { of: "segments" }),
    judge("conversion-drift", days, rate, options, { of: "rate" }),
  ];
}

interface Bins {
  readonly names: readonly string[];
  /** One a bin. */
  readonly series: readonly (readonly number[])[];
}

function judge(
  rule: DriftRule,
  days: readonly string[],
  { names, series }: Bins,
  { fittedFrom, limit, plans }: DriftOptions,
  about: { readonly of?: string },
): RebalancingCheck {
  const end = days.length;
  const start = Math.max(
    0,
    days.findIndex((day) => day >= fittedFrom!),
    firstFilled(series),
  );
  const day = (at: number) => series.map((values) => values[at]!);
  const span = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, i) => day(from + i));
  const isShort = end - RECENT_DAYS - start < RECENT_DAYS;
  const found = isShort ? null : stabilityIndex(span(start, end - RECENT_DAYS), span(end - RECENT_DAYS, end));
  if (found === null) return checkOf(rule, "passed", { says: "unknown", ...about });
  const { index, byChance, largest } = about.of === "rate" ? ofRate(found) : found;
  const numbers = {
    ...{ index: round(index), limit, byChance: round(byChance), largest: names[largest]! },
    ...{ before: round(found.before[largest]!), after: round(found.recent[largest]!) },
    ...{ from: days[end - RECENT_DAYS]!, to: days[end - 1]!, ...about },
  };
  const isBeyond = index - byChance > limit && found.probability < CHANCE;
  if (!isBeyond) return checkOf(rule, "passed", { says: "fine", ...numbers });
  if (plans > 0 && rule !== "conversion-drift") return checkOf(rule, "passed", { says: "planned", ...numbers, plans });
  return checkOf(rule, "blocked", { says: "drifted", ...numbers });
}

/** Few visitors convert, so that the plain index of the two shares is tiny whatever happens: the rate is held against itself. */
function ofRate(found: StabilityIndex): Pick<StabilityIndex, "index" | "byChance" | "largest"> {
  const odds = (shares: Float64Array) => shares[0]! / Math.max(shares[1]!, Number.MIN_VALUE);
  const index = rateIndex(odds(found.recent) / odds(found.before));
  return { index, byChance: found.index > 0 ? (index * found.byChance) / found.index : 0, largest: 0 };
}

const round = (value: number) => Number(value.toPrecision(4));

function firstFilled(series: readonly (readonly number[])[]): number {
  const first = series.map((values) => values.findIndex((value) => value > 0)).filter((place) => place >= 0);
  return first.length === 0 ? 0 : Math.min(...first);
}

/** The largest bins by name, and the rest in one. */
function binsOf<T extends { readonly date: string }>(
  days: readonly string[],
  rows: readonly T[],
  name: (row: T) => string,
  amount: (row: T) => number,
): Bins {
  const sizes = [...groupsOf(rows, name)]
    .map(([bin, own]) => ({ bin, own, size: own.reduce((sum, row) => sum + amount(row), 0) }))
    .sort((a, b) => b.size - a.size);
  const [shown, others] = [sizes.slice(0, MOST_BINS), sizes.slice(MOST_BINS)];
  const rest = others.flatMap(({ own }) => own);
  return {
    names: [...shown.map(({ bin }) => bin), ...(rest.length === 0 ? [] : [REST])],
    series: [
      ...shown.map(({ own }) => seriesOf(days, own, amount)),
      ...(rest.length === 0 ? [] : [seriesOf(days, rest, amount)]),
    ],
  };
}
