import { type Curve, curveValue } from "../response/index.ts";
import { sum } from "../sum.ts";
import { fillByMarginal, fillInProportion, type Room } from "./fill.ts";

/** A campaign that a part of its channel's move may go to. Money of a day, all in one unit. */
export interface CampaignRoom {
  readonly current: number;
  /** What its spend brings, concave; null: nobody knows. */
  readonly curve: Curve | null;
  /** What it may have at least and at most. Both at `current`: it is not touched. */
  readonly lower: number;
  readonly upper: number;
  /** Where it is changed, to a whole multiple of this; null: to any amount. */
  readonly step: number | null;
}

interface PlacedMove {
  readonly amounts: readonly number[];
  /** What each of them may be without going against the channel's move. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What found no place: above 0 of money that came, below 0 of money that was to go. */
  readonly unplaced: number;
}

/** Above what adding floats leaves behind, as a share of all that is spent. */
const NOISE = 1e-9;
const MOST_IMPROVEMENTS = 200;
/** Up to so many campaigns in steps one is raised while another is cut to look for something better. */
const MOST_SWAPPED = 16;

/**
 * Splits the change of a channel over its campaigns so that the money that moves brings the most: new money goes where the next unit
 * brings most, money that leaves is taken where the last unit brought least. Campaigns without a curve take part in proportion to what
 * they spend. What stands below its minimum is brought up to it first.
 * Laws: changes and `unplaced` add up to the move; every amount is inside its bounds; none moves against the channel; among those that
 * moved and touch no bound or step the marginal returns are equal; the order of campaigns changes nothing.
 */
export function splitMove(campaigns: readonly CampaignRoom[], move: number): PlacedMove {
  const bases = campaigns.map(({ current, lower }) => Math.max(current, lower));
  const total = sum(campaigns.map(({ current }) => current)) + move;
  const isRaise = total >= sum(bases);
  const rooms = campaigns.map(
    (campaign, i): SteppedRoom => ({
      ...{ base: bases[i]!, curve: campaign.curve, step: campaign.step },
      lower: isRaise ? bases[i]! : campaign.lower,
      upper: isRaise ? Math.max(campaign.upper, bases[i]!) : bases[i]!,
    }),
  );
  const { amounts } = settleSteps(rooms, total, isRaise);
  const placed = { amounts, lower: rooms.map(({ lower }) => lower), upper: rooms.map(({ upper }) => upper) };
  return { ...placed, unplaced: total - sum(amounts) };
}

interface SteppedRoom extends Room {
  readonly step: number | null;
}

interface Attempt {
  readonly amounts: readonly number[];
  readonly missing: number;
  readonly worth: number;
}

/** Amounts without steps first; those in steps then go to the step before, and from there to wherever it is better. */
function settleSteps(rooms: readonly SteppedRoom[], total: number, isRaise: boolean): Attempt {
  const scale = NOISE * Math.max(1, Math.abs(total), sum(rooms.map(({ base }) => base)));
  const smooth = fill(rooms, total);
  const stepped = [...rooms.keys()].filter((i) => rooms[i]!.step !== null && rooms[i]!.lower < rooms[i]!.upper);
  const attempt = (chosen: ReadonlyMap<number, number>): Attempt => {
    const amounts = fill(
      rooms.map((room, i) => (chosen.has(i) ? { ...room, lower: chosen.get(i)!, upper: chosen.get(i)! } : room)),
      total,
    );
    const missing = (isRaise ? 1 : -1) * (total - sum(amounts));
    return { amounts, missing, worth: worthOf(rooms, amounts) };
  };
  let chosen: ReadonlyMap<number, number> = new Map(
    stepped.map((i) => [i, stepTowardsBase(rooms[i]!, smooth[i]!, isRaise)]),
  );
  let best = attempt(chosen);
  if (stepped.length === 0) return best;
  for (let round = 0; round < MOST_IMPROVEMENTS; round++) {
    let better: { chosen: ReadonlyMap<number, number>; found: Attempt } | null = null;
    for (const next of neighbours(rooms, chosen, stepped)) {
      const found = attempt(next);
      if (found.missing >= -scale && isBetter(found, better?.found ?? best, scale)) better = { chosen: next, found };
    }
    if (better === null) break;
    ({ chosen, found: best } = better);
  }
  return best;
}

/** More of the move placed is better than any return; then more return. */
function isBetter(one: Attempt, other: Attempt, scale: number): boolean {
  if (one.missing < other.missing - scale) return true;
  return one.missing <= other.missing + scale && one.worth > other.worth + NOISE * Math.abs(other.worth);
}

function* neighbours(
  rooms: readonly SteppedRoom[],
  chosen: ReadonlyMap<number, number>,
  stepped: readonly number[],
): Generator<ReadonlyMap<number, number>> {
  for (const i of stepped)
    for (const amount of nextSteps(rooms[i]!, chosen.get(i)!)) {
      const moved = new Map(chosen).set(i, amount);
      yield moved;
      if (stepped.length > MOST_SWAPPED) continue;
      for (const j of stepped)
        if (j !== i) for (const other of nextSteps(rooms[j]!, chosen.get(j)!)) yield new Map(moved).set(j, other);
    }
}

/** The allowed amounts next to one: multiples of the step inside the bounds, and the base itself. */
function nextSteps({ base, lower, upper, step }: SteppedRoom, amount: number): number[] {
  const size = step!;
  const multiple = amount / size;
  const isMultiple = Math.abs(multiple - Math.round(multiple)) < 1e-9;
  const [below, above] = isMultiple
    ? [Math.round(multiple) - 1, Math.round(multiple) + 1]
    : [Math.floor(multiple), Math.ceil(multiple)];
  const inside = [below * size, above * size].filter((each) => each >= lower - 1e-9 && each <= upper + 1e-9);
  return amount !== base && Math.abs(amount - base) <= size ? [...inside, base] : inside;
}

/** The largest change that is allowed and not beyond this one. */
function stepTowardsBase({ base, lower, upper, step }: SteppedRoom, amount: number, isRaise: boolean): number {
  const multiple = amount / step!;
  const nearest = step! * (isRaise ? Math.floor(multiple + 1e-9) : Math.ceil(multiple - 1e-9));
  const isBeyond = isRaise ? nearest <= base : nearest >= base;
  return isBeyond || nearest < lower - 1e-9 || nearest > upper + 1e-9 ? base : nearest;
}

function worthOf(rooms: readonly Room[], amounts: readonly number[]): number {
  return sum(rooms.map(({ curve }, i) => (curve === null ? 0 : curveValue(curve, amounts[i]!))));
}

/** As near to the total as the bounds allow. */
function fill(rooms: readonly Room[], total: number): number[] {
  const free = [...rooms.keys()].filter((i) => rooms[i]!.lower < rooms[i]!.upper);
  const amounts = rooms.map(({ lower }) => lower);
  const left = total - sum(rooms.flatMap(({ lower, upper }) => (lower < upper ? [] : [lower])));
  const known = free.filter((i) => rooms[i]!.curve !== null);
  const unknown = free.filter((i) => rooms[i]!.curve === null);
  const of = (places: readonly number[], end: "lower" | "upper" | "base") => sum(places.map((i) => rooms[i]![end]));
  const clamp = (amount: number, places: readonly number[]) =>
    Math.min(Math.max(amount, of(places, "lower")), of(places, "upper"));
  const base = of(free, "base");
  const share = base > 0 ? of(unknown, "base") / base : unknown.length / Math.max(1, free.length);
  const wanted = clamp(of(unknown, "base") + share * (left - base), unknown);
  const forKnown = clamp(left - wanted, known);
  const forUnknown = clamp(left - forKnown, unknown);
  const put = (places: readonly number[], given: readonly number[]) => {
    for (const [k, i] of places.entries()) amounts[i] = given[k]!;
  };
  const roomsOf = (places: readonly number[]) => places.map((i) => rooms[i]!);
  put(known, fillByMarginal(roomsOf(known), forKnown));
  put(unknown, fillInProportion(roomsOf(unknown), forUnknown));
  return amounts;
}
