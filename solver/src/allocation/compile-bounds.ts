import { curveValue } from "../response/curve-families.ts";
import type { AllocationProblem, Constraint, Limit } from "./problem.ts";
import { spendAtRoas } from "./reach.ts";

/** What holds each channel by itself. */
export interface Bounds {
  readonly lower: Float64Array;
  /** Infinity where nothing bounds the channel by itself */
  readonly upper: Float64Array;
  /** The limit that sets each bound, null where it is the non-negativity of spend or nothing */
  readonly lowerBy: readonly (Limit | null)[];
  readonly upperBy: readonly (Limit | null)[];
}

export function boundsOf(problem: AllocationProblem, limits: readonly Limit[]): Bounds {
  const { channels } = problem;
  const lower = new Float64Array(channels.length);
  const upper = new Float64Array(channels.length).fill(Number.POSITIVE_INFINITY);
  const lowerBy: (Limit | null)[] = channels.map(() => null);
  const upperBy: (Limit | null)[] = channels.map(() => null);
  const raise = (i: number, bound: number, limit: Limit) => {
    if (bound <= lower[i]!) return;
    lower[i] = bound;
    lowerBy[i] = limit;
  };
  const cap = (i: number, bound: number, limit: Limit) => {
    if (bound >= upper[i]!) return;
    upper[i] = bound;
    upperBy[i] = limit;
  };
  const indexOf = (name: string) => channels.findIndex((channel) => channel.name === name);

  for (const limit of limits) {
    switch (limit.type) {
      case "channel_min":
        raise(indexOf(limit.channel), limit.value, limit);
        break;
      case "channel_max":
        cap(indexOf(limit.channel), limit.value, limit);
        break;
      case "channel_roas_floor": {
        const i = indexOf(limit.channel);
        cap(i, spendAtRoas(channels[i]!.curve, limit.value), limit);
        break;
      }
      case "change_limit_pct":
        channels.forEach(({ current }, i) => {
          raise(i, current! * (1 - limit.value / 100), limit);
          cap(i, current! * (1 + limit.value / 100), limit);
        });
        break;
      case "contact_cap": {
        const delivered = contactCurve(problem, limit.name);
        if (delivered !== null) cap(delivered.channel, spendForTouches(delivered, limit.value), limit);
      }
    }
  }
  // Bounds that cross by rounding only, such as a change limit of 0 % on a channel that is held at today's spend
  for (const [i, bound] of lower.entries()) if (upper[i]! < bound && upper[i]! >= bound * (1 - 1e-12)) upper[i] = bound;
  return { lower, upper, lowerBy, upperBy };
}

type Touches = Extract<Constraint, { type: "contact_cap" }>["touches"];
type DeliveryCurve = Exclude<Touches[string], number>;

interface ContactCurve {
  readonly channel: number;
  readonly curve: DeliveryCurve;
}

/**
 * The channel of a contact cap on a delivery curve, or null where touches are in proportion to spend. With a curve the cap
 * bounds the spend of that one channel; two channels under one such cap are refused by `refusalOf`.
 */
export function contactCurve({ channels, constraints }: AllocationProblem, name: string): ContactCurve | null {
  const cap = constraints.find((one) => one.type === "contact_cap" && one.name === name);
  if (cap?.type !== "contact_cap") return null;
  for (const [channel, curve] of Object.entries(cap.touches))
    if (typeof curve !== "number") return { channel: channels.findIndex((one) => one.name === channel), curve };
  return null;
}

/** The largest spend that delivers at most `touches`; delivery never falls with spend. */
export function spendForTouches({ curve }: ContactCurve, touches: number): number {
  let high = 1;
  while (curveValue(curve, high) <= touches) {
    high *= 2;
    if (high === Number.POSITIVE_INFINITY) return high;
  }
  let low = 0;
  while (true) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return low;
    if (curveValue(curve, middle) <= touches) low = middle;
    else high = middle;
  }
}

/** Why a problem has no concave programme, in one sentence; null when it has one. */
export function refusalOf({ constraints }: AllocationProblem): string | null {
  for (const one of constraints) {
    if (one.type !== "contact_cap") continue;
    const touched = Object.entries(one.touches).filter(([, touches]) => touches !== 0);
    const curved = touched.filter(([, touches]) => typeof touches !== "number").map(([channel]) => channel);
    if (curved.length > 0 && touched.length > 1)
      return `the contact cap ${one.name} adds up several channels and delivery bends in ${curved.join(", ")}, which leaves no single best plan to prove: give touches per unit of spend there, or a cap for each channel`;
  }
  return null;
}
