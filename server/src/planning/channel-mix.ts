import type { PlanGoal } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import { NO_FACTS, type PlanFacts } from "./plan-facts.ts";
import type { PlanLimits } from "./prepare-channels.ts";

/** What the conversions of a channel are, by product group and type. */
export interface MixRow {
  readonly channel: string;
  readonly productGroup: string;
  readonly conversionType: string;
  readonly conversions: number;
  readonly revenue: number;
  readonly margin: number;
  /** Revenue whose margin is known. */
  readonly margined: number;
  readonly value: number;
  /** Revenue whose predicted value is known. */
  readonly valued: number;
}

export interface ChannelMix {
  readonly rows: readonly MixRow[];
  /** By channel, conversions that the model credits with one unit of revenue. */
  readonly conversionsPerRevenue: Readonly<Record<string, number>>;
}

/**
 * What a plan needs to know of a mix. A channel without conversions of its own is taken to have the mix of all.
 * @throws UserError when nothing is known of what is asked for
 */
export function factsOfMix(
  channels: readonly string[],
  mix: ChannelMix,
  limits: PlanLimits,
): Omit<PlanFacts, "touches"> {
  requireKnown(mix, limits);
  const { goal = "revenue", capacities = [], productWeights = [] } = limits;
  const byChannel = (figure: (channel: string, rows: readonly MixRow[]) => number) =>
    Object.fromEntries(channels.map((channel) => [channel, figure(channel, rowsOf(mix, channel))]));
  const perRevenue = (channel: string) => conversionsOf(mix, channel);
  return {
    worth:
      goal === "revenue" && productWeights.length === 0
        ? NO_FACTS.worth
        : byChannel((channel, rows) => worthOf(rows, goal, productWeights, perRevenue(channel))),
    conversions: byChannel(perRevenue),
    capacities: Object.fromEntries(
      capacities.map(({ name, of, unitsPerConversion }) => {
        const takes = (row: MixRow): boolean =>
          of.type === "conversions" ||
          (of.type === "product-group"
            ? row.productGroup === of.productGroup
            : row.conversionType === of.conversionType);
        return [
          name,
          byChannel((channel, rows) => {
            const share = ratio(add(rows.filter(takes), "conversions"), add(rows, "conversions"));
            return unitsPerConversion * perRevenue(channel) * share;
          }),
        ];
      }),
    ),
  };
}

/** A product group that is not weighed counts once. A loss is worth nothing: no plan can earn by less of it. */
function worthOf(
  rows: readonly MixRow[],
  goal: PlanGoal,
  productWeights: NonNullable<PlanLimits["productWeights"]>,
  conversionsPerRevenue: number,
): number {
  const weights = new Map(productWeights.map(({ productGroup, weight }) => [productGroup, weight]));
  const weighed = (amount: keyof MixRow & ("conversions" | "revenue" | "margin" | "value")) =>
    rows.reduce((total, row) => total + (weights.get(row.productGroup) ?? 1) * row[amount], 0);
  switch (goal) {
    case "revenue":
      return Math.max(0, ratio(weighed("revenue"), add(rows, "revenue")));
    case "conversions":
      return conversionsPerRevenue * ratio(weighed("conversions"), add(rows, "conversions"));
    case "value":
      return Math.max(0, ratio(weighed("value"), add(rows, "valued")));
    case "margin":
    case "profit":
      return Math.max(0, ratio(weighed("margin"), add(rows, "margined")));
  }
}

function conversionsOf({ conversionsPerRevenue, rows }: ChannelMix, channel: string): number {
  return conversionsPerRevenue[channel] ?? ratio(add(rows, "conversions"), add(rows, "revenue"));
}

function rowsOf({ rows }: ChannelMix, channel: string): readonly MixRow[] {
  const own = rows.filter((row) => row.channel === channel);
  return add(own, "conversions") > 0 ? own : rows;
}

function requireKnown({ rows }: ChannelMix, { goal, productWeights = [], capacities = [] }: PlanLimits): void {
  if ((goal === "margin" || goal === "profit") && !(add(rows, "margined") > 0))
    throw new UserError(`a plan by ${goal} needs margins, and no conversion was imported with one: plan by revenue`);
  if (goal === "value" && !(add(rows, "valued") > 0))
    throw new UserError(
      "a plan by predicted value needs it, and no conversion was imported with one (predicted_value): plan by revenue",
    );
  const groups = capacities.flatMap(({ of }) => (of.type === "product-group" ? [of.productGroup] : []));
  const types = capacities.flatMap(({ of }) => (of.type === "conversion-type" ? [of.conversionType] : []));
  const asked = [
    ...[...productWeights.map(({ productGroup }) => productGroup), ...groups].map(
      (name) => ["productGroup", name, "product group"] as const,
    ),
    ...types.map((name) => ["conversionType", name, "conversion type"] as const),
  ];
  for (const [column, name, what] of asked) {
    const known = [...new Set(rows.map((row) => row[column]))].filter((each) => each !== "").sort();
    if (!known.includes(name))
      throw new UserError(
        `no conversion with a touch has the ${what} "${name}"; there ${known.length === 0 ? "is none" : `are ${known.slice(0, 20).join(", ")}`}`,
        { exitCode: 2 },
      );
  }
}

function add(rows: readonly MixRow[], amount: "conversions" | "revenue" | "margined" | "value" | "valued"): number {
  return rows.reduce((total, row) => total + row[amount], 0);
}

function ratio(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
