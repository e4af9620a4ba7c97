import { ChannelBounds, DAYS_PER_PERIOD, Period, ProposeInput } from "@touchline/server/contract";
import { z } from "zod";

/** The limits of a plan are exactly what the server is asked for. */
export type Limits = ProposeInput;

/** Today's total at most, a fifth up or down by channel, by the week: what a media team can move on a Monday. */
export const DEFAULT_LIMITS: Limits = { period: "week", budget: null, exact: false, maxChange: 0.2, bounds: [] };

/** The limits as the address carries them; what is absent is the default, so a bare address is the default plan. */
export interface LimitsSearch {
  period?: Period;
  budget?: number;
  exact?: true;
  change?: number | "none";
  bounds?: ChannelBounds[];
}

const Change = z.union([z.literal("none"), ProposeInput.shape.maxChange.unwrap()]);
const Budget = ProposeInput.shape.budget.unwrap();

/** Each part stands for itself: one that makes no sense falls back to its default and leaves the others alone. */
export function parseLimitsSearch(search: Record<string, unknown>): LimitsSearch {
  const period = Period.safeParse(search.period);
  const budget = Budget.safeParse(search.budget);
  const change = Change.safeParse(search.change);
  const bounds = z.array(ChannelBounds).safeParse(search.bounds);
  return {
    ...(period.success && period.data !== DEFAULT_LIMITS.period ? { period: period.data } : {}),
    ...(budget.success ? { budget: budget.data } : {}),
    ...(search.exact === true ? { exact: true as const } : {}),
    ...(change.success && change.data !== DEFAULT_LIMITS.maxChange ? { change: change.data } : {}),
    ...(bounds.success && bounds.data.length > 0 ? { bounds: bounds.data } : {}),
  };
}

export function limitsOf(search: LimitsSearch): Limits {
  return {
    period: search.period ?? DEFAULT_LIMITS.period,
    budget: search.budget ?? null,
    exact: search.exact ?? false,
    maxChange: search.change === "none" ? null : (search.change ?? DEFAULT_LIMITS.maxChange),
    bounds: search.bounds ?? [],
  };
}

/** Law: `limitsOf(searchOf(limits))` is `limits`. */
export function searchOf(limits: Limits): LimitsSearch {
  return parseLimitsSearch({
    period: limits.period,
    ...(limits.budget === null ? {} : { budget: limits.budget }),
    exact: limits.exact,
    change: limits.maxChange ?? "none",
    bounds: limits.bounds,
  });
}

export function boundsOf(limits: Limits, channel: string): ChannelBounds {
  return (
    limits.bounds.find((bounds) => bounds.channel === channel) ?? { channel, lower: null, upper: null, locked: false }
  );
}

/** A channel without any limit is not named at all: it is free. */
export function withBounds(limits: Limits, changed: ChannelBounds): Limits {
  const others = limits.bounds.filter((bounds) => bounds.channel !== changed.channel);
  const isFree = changed.lower === null && changed.upper === null && !changed.locked;
  return { ...limits, bounds: isFree ? others : [...others, changed].sort((a, b) => (a.channel < b.channel ? -1 : 1)) };
}

function toCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Amounts are per period: another period keeps their daily rate, to the cent. */
export function withPeriod(limits: Limits, period: Period): Limits {
  const factor = DAYS_PER_PERIOD[period] / DAYS_PER_PERIOD[limits.period];
  const convert = (amount: number | null) => (amount === null ? null : toCents(amount * factor));
  return {
    ...limits,
    period,
    budget: convert(limits.budget),
    bounds: limits.bounds.map((bounds) => ({
      ...bounds,
      lower: convert(bounds.lower),
      upper: convert(bounds.upper),
    })),
  };
}
