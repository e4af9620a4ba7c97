/**
 * One concave programme, scaled so that its numbers are near 1:
 *
 *     maximise value(v)    subject to    slack(v) >= 0,    E v = e
 *
 * with value and every slack concave. Only the shape of its Newton system is the caller's: that is where the speed lies.
 */
export interface ConcaveProgramme {
  readonly variables: number;
  readonly inequalities: number;
  readonly equalities: number;
  /** So many of the first slacks are bounds that the start keeps, and that no later point may leave: curves end there */
  readonly bounds: number;
  look(v: Float64Array): Look;
}

/** The programme as seen from one point. */
export interface Look {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly slack: Float64Array;
  /** e - E v */
  readonly missing: Float64Array;
  /** Change of the slacks along a step */
  along(step: Float64Array): Float64Array;
  /** Adds prices . gradient of the slacks to `into` */
  addPriced(prices: Float64Array, into: Float64Array): void;
  /** Adds -E' prices to `into` */
  subtractPriced(prices: Float64Array, into: Float64Array): void;
  /**
   * Prepares to solve, H being minus the second derivative of value + prices . slack and J the gradients of the slacks,
   *
   *     (H + J' diag(weights) J) step + E' prices = force,    E step = missing
   */
  factor(prices: Float64Array, weights: Float64Array): (force: Float64Array, missing: Float64Array) => NewtonStep;
}

export interface NewtonStep {
  readonly step: Float64Array;
  readonly prices: Float64Array;
  /** weights * (J step), without the digits that a difference of large terms would lose where the caller can */
  readonly pulls: Float64Array;
}

/** A point with the prices of its limits. Nothing about it is proved: callers judge it by a bound of their own. */
export interface InteriorPoint {
  readonly v: Float64Array;
  /** One a slack, >= 0 */
  readonly prices: Float64Array;
  /** One an equality, of any sign: change of the value for one more unit of e */
  readonly equalityPrices: Float64Array;
  readonly steps: number;
  /** How far the conditions of an optimum are missed */
  readonly fault: number;
}

const MOST_STEPS = 120;
/** Below this the conditions hold up to rounding. */
const SETTLED = 1e-15;
/** Steps without progress after which rounding has the last word, near the optimum and far from it */
const PATIENCE = 4;
const LONG_PATIENCE = 25;
/** A slack and its room that differ by less than this differ by rounding, which the steep prices near a limit would magnify. */
const ROUNDING = 1e-13;
/** Share of the way to the nearest limit that a step goes */
const TO_LIMIT = 0.995;
const MOST_HALVINGS = 12;
/** Least room that a limit gets at first, whether the start keeps it or not */
const FIRST_ROOM = 0.1;
/** First room times price, and the most that a price is at first */
const FIRST_COMPLEMENT = 0.1;
const FIRST_PRICE = 10;

interface State {
  readonly v: Float64Array;
  /** Room to each limit, kept above 0 */
  readonly room: Float64Array;
  readonly prices: Float64Array;
  readonly equalityPrices: Float64Array;
}

interface Residuals {
  readonly look: Look;
  readonly force: Float64Array;
  /** slack - room */
  readonly drift: Float64Array;
  readonly complement: number;
  readonly fault: number;
}

/**
 * Mehrotra's predictor-corrector method (1992) for concave programmes: Newton's method on the conditions of an optimum,
 * kept inside the limits. Some 15 to 40 steps, whatever the size.
 * @param start a point inside all bounds
 */
export function climb(programme: ConcaveProgramme, start: Float64Array): InteriorPoint {
  let state = firstState(programme, start);
  let seen = residualsAt(programme, state);
  let best = { state, fault: seen.fault };
  let idle = 0;
  let steps = 0;
  while (steps < MOST_STEPS && best.fault > SETTLED && idle < (best.fault < 1e-7 ? PATIENCE : LONG_PATIENCE)) {
    steps++;
    const next = advance(programme, state, seen);
    if (next === null) break;
    state = next.state;
    seen = next.seen;
    idle = seen.fault < 0.9 * best.fault ? 0 : idle + 1;
    if (seen.fault < best.fault) best = { state, fault: seen.fault };
  }
  const { v, prices, equalityPrices } = best.state;
  return { v, prices, equalityPrices, steps, fault: best.fault };
}

function firstState(programme: ConcaveProgramme, start: Float64Array): State {
  const { slack } = programme.look(start);
  const room = slack.map((one, k) => (k < programme.bounds ? one : Math.max(one, FIRST_ROOM)));
  return {
    v: Float64Array.from(start),
    room,
    prices: room.map((one) => Math.min(FIRST_PRICE, FIRST_COMPLEMENT / one)),
    equalityPrices: new Float64Array(programme.equalities),
  };
}

function residualsAt(programme: ConcaveProgramme, { v, room, prices, equalityPrices }: State): Residuals {
  const look = programme.look(v);
  const force = Float64Array.from(look.gradient);
  look.addPriced(prices, force);
  look.subtractPriced(equalityPrices, force);
  const drift = look.slack.map((slack, k) => (Math.abs(slack - room[k]!) < ROUNDING ? 0 : slack - room[k]!));
  let complement = 0;
  for (const [k, one] of room.entries()) complement += one * prices[k]!;
  const fault = Math.max(complement, largest(force), largest(drift), largest(look.missing));
  return { look, force, drift, complement, fault: Number.isFinite(look.value) ? fault : Number.POSITIVE_INFINITY };
}

function largest(numbers: Float64Array): number {
  let most = 0;
  for (const number of numbers) {
    const size = Math.abs(number);
    if (!(size <= most)) most = size;
  }
  return Number.isNaN(most) ? Number.POSITIVE_INFINITY : most;
}

function advance(programme: ConcaveProgramme, state: State, seen: Residuals): { state: State; seen: Residuals } | null {
  const { room, prices } = state;
  const { look, force, drift, complement } = seen;
  const weights = prices.map((price, k) => price / room[k]!);
  const solve = look.factor(prices, weights);
  const mean = complement / Math.max(1, room.length);

  const direction = (target: (k: number) => number) => {
    const pull = prices.map((_, k) => target(k) / room[k]! - weights[k]! * drift[k]!);
    const right = Float64Array.from(force);
    look.addPriced(pull, right);
    const { step, prices: equality, pulls } = solve(right, look.missing);
    const rooms = look.along(step).map((change, k) => change + drift[k]!);
    return { step, equality, rooms, prices: pull.map((one, k) => one - pulls[k]!) };
  };
  const predicted = direction((k) => -room[k]! * prices[k]!);
  const reach = Math.min(1, stepTo(room, predicted.rooms), stepTo(prices, predicted.prices));
  let after = 0;
  for (const [k, one] of room.entries())
    after += (one + reach * predicted.rooms[k]!) * (prices[k]! + reach * predicted.prices[k]!);
  const centring = complement > 0 ? (after / complement) ** 3 : 0;
  const chosen = direction((k) => centring * mean - room[k]! * prices[k]! - predicted.rooms[k]! * predicted.prices[k]!);
  let length = Math.min(1, TO_LIMIT * stepTo(room, chosen.rooms), TO_LIMIT * stepTo(prices, chosen.prices));
  for (let halving = 0; halving <= MOST_HALVINGS; halving++) {
    const next: State = {
      v: moved(state.v, chosen.step, length),
      room: moved(room, chosen.rooms, length),
      prices: moved(prices, chosen.prices, length),
      equalityPrices: moved(state.equalityPrices, chosen.equality, length),
    };
    const found = residualsAt(programme, next);
    // Curves bend: a step may make matters worse for once, but not by far
    if (found.fault <= Math.max(4 * seen.fault, 1e-9)) return { state: next, seen: found };
    length /= 2;
  }
  return null;
}

function moved(from: Float64Array, step: Float64Array, length: number): Float64Array {
  return from.map((one, i) => one + length * step[i]!);
}

/** The longest step that keeps every number above 0. */
function stepTo(from: Float64Array, step: Float64Array): number {
  let length = Number.POSITIVE_INFINITY;
  for (const [k, one] of from.entries()) if (step[k]! < 0) length = Math.min(length, -one / step[k]!);
  return length;
}
