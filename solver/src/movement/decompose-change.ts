/** What a revenue is the product of. Null: not known; zero: there was none. */
export interface MovementState {
  readonly spend: number | null;
  /** What was delivered or seen: impressions and clicks, or touches. */
  readonly reach: number | null;
  readonly conversions: number;
  readonly revenue: number;
}

/**
 * "volume": money spent; "mix": where it was spent; "price": what a touch costs; "reach": touches that nobody paid for; "return":
 * conversions for a touch (or for money, where touches are unknown); "basket": revenue of a conversion; "baseline": without marketing.
 */
export const MOVEMENT_PARTS = [
  "started",
  "stopped",
  "volume",
  "mix",
  "price",
  "reach",
  "return",
  "basket",
  "baseline",
] as const;
export type MovementPart = (typeof MOVEMENT_PARTS)[number];
export type MovementParts = Partial<Record<MovementPart, number>>;

/** The mean that turns differences into logarithms: (a - b) / ln(a / b), a itself where both are equal. */
function logarithmicMean(a: number, b: number): number {
  const distance = Math.log(a / b);
  // Close together the quotient loses its digits; the series of the same is exact there.
  return Math.abs(distance) < 1e-6 ? Math.sqrt(a * b) * (1 + distance ** 2 / 24) : (a - b) / distance;
}

const isPositive = (value: number | null): value is number => value !== null && value > 0;
const isNothing = ({ spend, reach, conversions, revenue }: MovementState) =>
  !isPositive(spend) && !isPositive(reach) && conversions === 0 && revenue === 0;

type Step = readonly [MovementPart, number];

/** The change of the logarithm of every quantity of the chain, by the part that it belongs to. */
function stepsOf(
  before: MovementState,
  now: MovementState,
  end: "conversions" | "revenue",
  allSpend: number | null,
): Step[] {
  const names = ["spend", "reach", "conversions", "revenue"] as const;
  const known = names
    .slice(0, names.indexOf(end) + 1)
    .filter((name) => name === end || (isPositive(before[name]) && isPositive(now[name])));
  const growthOf = (name: keyof MovementState) => Math.log(now[name]! / before[name]!);
  return known.flatMap((name, place): Step[] => {
    const earlier = known[place - 1];
    const step = growthOf(name) - (earlier === undefined ? 0 : growthOf(earlier));
    if (name !== "spend" || allSpend === null) return [[partOf(name, earlier), step]];
    return [
      ["volume", allSpend],
      ["mix", step - allSpend],
    ];
  });
}

function partOf(name: keyof MovementState, earlier: keyof MovementState | undefined): MovementPart {
  if (name === "spend") return "volume";
  if (name === "reach") return earlier === undefined ? "reach" : "price";
  if (name === "conversions") return "return";
  return earlier === "conversions" ? "basket" : "return";
}

function addSteps(steps: readonly Step[], weight: number): MovementParts {
  const parts: MovementParts = {};
  for (const [part, step] of steps) parts[part] = (parts[part] ?? 0) + weight * step;
  return parts;
}

/**
 * The change of a revenue = spend × touches for money × conversions for a touch × revenue of a conversion, cut into what each of the
 * factors did, by the logarithmic mean (LMDI). Chosen because it is exact, asks for no order of the factors, and adds up over channels.
 * A factor that is unknown or zero on one side leaves the chain, and its neighbour carries its change. What was not there before, or
 * is not there any more, is one part.
 * @param allSpend the change of the logarithm of all channels' spend: then volume is what that did, and mix what the share did
 * Laws: the parts add up to the change; the way back is the way there with its signs turned; money in another unit scales every part.
 * Source: Ang 2005, "The LMDI approach to decomposition analysis".
 */
export function decomposeChange(
  before: MovementState,
  now: MovementState,
  allSpend: number | null = null,
): MovementParts {
  const change = now.revenue - before.revenue;
  if (isNothing(before)) return change === 0 ? {} : { started: change };
  if (isNothing(now)) return change === 0 ? {} : { stopped: change };
  if (!(before.conversions > 0 && now.conversions > 0)) return change === 0 ? {} : { return: change };
  if (before.revenue > 0 && now.revenue > 0) {
    return addSteps(stepsOf(before, now, "revenue", allSpend), logarithmicMean(now.revenue, before.revenue));
  }
  // Refunds can leave a revenue at or below zero, which has no logarithm: then the basket is averaged, and the rest goes by conversions.
  const [basketBefore, basketNow] = [before.revenue / before.conversions, now.revenue / now.conversions];
  const weight = logarithmicMean(now.conversions, before.conversions) * ((basketBefore + basketNow) / 2);
  const basket = (basketNow - basketBefore) * ((before.conversions + now.conversions) / 2);
  return { ...addSteps(stepsOf(before, now, "conversions", allSpend), weight), basket };
}
