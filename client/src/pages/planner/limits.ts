import {
  Capacity,
  ChannelBounds,
  ChannelGroup,
  ContactCap,
  DAYS_PER_PERIOD,
  Period,
  PlanGoal,
  ProposeInput,
} from "@touchline/server/contract";
import { z } from "zod";

/** The limits of a plan are exactly what the server is asked for. */
export type Limits = ProposeInput;

/** Today's total at most, a fifth up or down by channel, by the week: what a media team can move on a Monday. */
export const DEFAULT_LIMITS: Limits = { period: "week", budget: null, exact: false, maxChange: 0.2, bounds: [] };

/** What a plan may leave out. */
export type OptionalPart = Exclude<keyof Limits, "period" | "budget" | "exact" | "maxChange" | "bounds">;
type ProductWeights = NonNullable<Limits["productWeights"]>;

/** The limits as the address carries them; what is absent is the default, so a bare address is the default plan. */
export interface LimitsSearch {
  period?: Period;
  budget?: number;
  exact?: true;
  change?: number | "none";
  bounds?: ChannelBounds[];
  goal?: PlanGoal;
  weights?: ProductWeights;
  target?: number;
  caution?: number;
  roas?: number;
  cpa?: number;
  groups?: ChannelGroup[];
  stock?: Capacity[];
  contacts?: ContactCap[];
}

const { shape } = ProposeInput;
const Change = z.union([z.literal("none"), shape.maxChange.unwrap()]);
const Amount = shape.budget.unwrap();

type OptionalSearch = Omit<LimitsSearch, "period" | "budget" | "exact" | "change" | "bounds">;

/** How each part that may be absent is called in the address, and what makes sense of it. */
const PARTS = {
  goal: PlanGoal.exclude(["revenue"]),
  weights: z.array(z.object({ productGroup: z.string(), weight: Amount })).min(1),
  target: Amount,
  caution: z.number().gt(0).max(1),
  roas: Amount,
  cpa: Amount,
  groups: z.array(ChannelGroup).min(1),
  stock: z.array(Capacity).min(1),
  contacts: z.array(ContactCap).min(1),
} satisfies Record<keyof OptionalSearch, z.ZodType>;

const NAMES_IN_LIMITS = {
  goal: "goal",
  weights: "productWeights",
  target: "target",
  caution: "caution",
  roas: "minRoas",
  cpa: "maxCpa",
  groups: "groups",
  stock: "capacities",
  contacts: "contacts",
} as const satisfies Record<keyof OptionalSearch, OptionalPart>;

const PART_NAMES = Object.keys(PARTS) as (keyof OptionalSearch)[];

function parseParts(search: Record<string, unknown>): OptionalSearch {
  const parts = PART_NAMES.flatMap((name) => {
    const parsed = PARTS[name].safeParse(search[name]);
    return parsed.success ? [[name, parsed.data]] : [];
  });
  return Object.fromEntries(parts) as OptionalSearch;
}

/** Each part stands for itself: one that makes no sense falls back to its default and leaves the others alone. */
export function parseLimitsSearch(search: Record<string, unknown>): LimitsSearch {
  const period = Period.safeParse(search.period);
  const budget = Amount.safeParse(search.budget);
  const change = Change.safeParse(search.change);
  const bounds = z.array(ChannelBounds).safeParse(search.bounds);
  return {
    ...(period.success && period.data !== DEFAULT_LIMITS.period ? { period: period.data } : {}),
    ...(budget.success ? { budget: budget.data } : {}),
    ...(search.exact === true ? { exact: true as const } : {}),
    ...(change.success && change.data !== DEFAULT_LIMITS.maxChange ? { change: change.data } : {}),
    ...(bounds.success && bounds.data.length > 0 ? { bounds: bounds.data } : {}),
    ...parseParts(search),
  };
}

export function limitsOf(search: LimitsSearch): Limits {
  const parts = PART_NAMES.flatMap((name) =>
    search[name] === undefined ? [] : [[NAMES_IN_LIMITS[name], search[name]]],
  );
  return {
    period: search.period ?? DEFAULT_LIMITS.period,
    budget: search.budget ?? null,
    exact: search.exact ?? false,
    maxChange: search.change === "none" ? null : (search.change ?? DEFAULT_LIMITS.maxChange),
    bounds: search.bounds ?? [],
    ...Object.fromEntries(parts),
  };
}

/** Law: `limitsOf(searchOf(limits))` is `limits`, as long as what is off is left out. */
export function searchOf(limits: Limits): LimitsSearch {
  return parseLimitsSearch({
    period: limits.period,
    ...(limits.budget === null ? {} : { budget: limits.budget }),
    exact: limits.exact,
    change: limits.maxChange ?? "none",
    bounds: limits.bounds,
    ...Object.fromEntries(PART_NAMES.map((name) => [name, limits[NAMES_IN_LIMITS[name]]])),
  });
}

/** One optional part set, or left out where nothing is left of it. */
export function withPart<Part extends OptionalPart>(limits: Limits, part: Part, value: Limits[Part] | null): Limits {
  const { [part]: _before, ...others } = limits;
  const isOff = value === null || value === undefined || (Array.isArray(value) && value.length === 0);
  return (isOff ? others : { ...others, [part]: value }) as Limits;
}

export function boundsOf(limits: Limits, channel: string): ChannelBounds {
  return (
    limits.bounds.find((bounds) => bounds.channel === channel) ?? { channel, lower: null, upper: null, locked: false }
  );
}

/** The limits of a channel that are rare enough to be folded away. */
export const RARE_BOUNDS = ["fixed", "minimumIfOn", "step", "minRoas", "maxCpa"] as const;
export type RareBound = (typeof RARE_BOUNDS)[number];

function tidyBounds(bounds: ChannelBounds): ChannelBounds {
  const rare = RARE_BOUNDS.flatMap((name) => {
    const value = bounds[name];
    return value === null || value === undefined ? [] : [[name, value]];
  });
  const { channel, lower, upper, locked } = bounds;
  return { channel, lower, upper, locked, ...Object.fromEntries(rare) };
}

/** A channel without any limit is not named at all: it is free. */
export function withBounds(limits: Limits, changed: ChannelBounds): Limits {
  const others = limits.bounds.filter((bounds) => bounds.channel !== changed.channel);
  const tidy = tidyBounds(changed);
  const isRare = RARE_BOUNDS.some((name) => tidy[name] !== undefined);
  const isFree = tidy.lower === null && tidy.upper === null && !tidy.locked && !isRare;
  return { ...limits, bounds: isFree ? others : [...others, tidy].sort((a, b) => (a.channel < b.channel ? -1 : 1)) };
}

function toCents(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** Amounts are per period: another period keeps their daily rate, to the cent. Returns and steps of money stay what they are. */
export function withPeriod(limits: Limits, period: Period): Limits {
  const factor = DAYS_PER_PERIOD[period] / DAYS_PER_PERIOD[limits.period];
  const convert = (amount: number | null) => (amount === null ? null : toCents(amount * factor));
  const convertGiven = (amount: number | null | undefined) => (amount === undefined ? null : convert(amount));
  const { target, groups, capacities } = limits;
  let converted: Limits = {
    ...limits,
    period,
    budget: convert(limits.budget),
    bounds: limits.bounds.map((bounds) =>
      tidyBounds({
        ...bounds,
        lower: convert(bounds.lower),
        upper: convert(bounds.upper),
        fixed: convertGiven(bounds.fixed),
        minimumIfOn: convertGiven(bounds.minimumIfOn),
      }),
    ),
  };
  if (target !== undefined) converted = withPart(converted, "target", convert(target));
  if (groups !== undefined) {
    const each = groups.map((group) => ({ ...group, min: convert(group.min), max: convert(group.max) }));
    converted = withPart(converted, "groups", each);
  }
  if (capacities !== undefined) {
    const each = capacities.map((capacity) => ({ ...capacity, value: toCents(capacity.value * factor) }));
    converted = withPart(converted, "capacities", each);
  }
  return converted;
}
