import type { AllocationRow, Plan, ProposeInput } from "../../contract/index.ts";
import { reasonInWords } from "../../planning/index.ts";
import { limitMoved } from "./limit-moved.ts";
import { isWorthIt, type Rails } from "./rails.ts";

export interface Explored {
  readonly input: ProposeInput;
  readonly plan: Plan;
  /** Channels that are varied on purpose, and those that should be and did not fit in. */
  readonly nudged: readonly string[];
  readonly left: readonly string[];
}

const WEEK = 7;

/**
 * Varies what has not varied: where a channel's weekly spend kept within `exploration` for eight weeks, and the plan leaves it so, it is moved by
 * that share, down where its last week lay high and up where it lay low, so that it goes to and fro. A response can only be learnt from
 * spend that varies. The total stays: other channels take what it gives. It rides along with a plan that is worth its while, within every other
 * rail, and only while the whole still gains in enough draws: nobody is asked to approve a plan that does nothing but vary.
 */
export async function explore(
  rails: Rails,
  { input, plan }: { readonly input: ProposeInput; readonly plan: Plan },
  solve: (input: ProposeInput) => Promise<Plan>,
): Promise<Explored> {
  const { exploration, leastProbabilityOfGain, maxTotalMoved } = rails.guardRails;
  const still = exploration === 0 ? [] : stillChannels(rails, input, plan);
  let best: Explored = { input, plan, nudged: [], left: still };
  // One after the other, the smallest first: what does not fit leaves the others in.
  for (const channel of still) {
    const history = rails.histories.get(channel)!;
    const cap = rails.guardRails.allowExtrapolation ? Number.POSITIVE_INFINITY : history.largest;
    const raised = history.current * (1 + exploration);
    const daily = history.isHigh || raised > cap ? history.current * (1 - exploration) : raised;
    const fixed = Math.round(100 * WEEK * daily) / 100;
    const bounds = [...best.input.bounds, { channel, lower: null, upper: null, locked: false, fixed }];
    const tried = await limitMoved({ ...best.input, bounds }, maxTotalMoved, solve);
    if (!isWorthIt(tried.plan, leastProbabilityOfGain)) continue;
    best = {
      ...{ input: tried.input, plan: tried.plan, nudged: [...best.nudged, channel] },
      left: best.left.filter((each) => each !== channel),
    };
  }
  return { ...best, plan: { ...best.plan, allocation: best.plan.allocation.map(sayWhy(best)) } };
}

/** To the optimiser it is a commitment; to people it is not. */
function sayWhy({ plan: { currency }, nudged }: Explored) {
  return (row: AllocationRow): AllocationRow => {
    if (!nudged.includes(row.channel)) return row;
    const why = { ...row.why, code: "exploration" } as const;
    const move = Number(row.recommended) - Number(row.current);
    const frame = { channel: row.channel, move, currency, goal: "revenue", isGiven: false } as const;
    return { ...row, why, reason: reasonInWords(frame, why) };
  };
}

/** Channels that nothing holds, whose spend has kept still and that the plan does not move enough either. */
function stillChannels({ guardRails, channels, histories }: Rails, { bounds }: ProposeInput, plan: Plan): string[] {
  const { exploration, maxChannelChange } = guardRails;
  if (exploration > maxChannelChange) return [];
  return channels
    .filter((channel) => {
      const history = histories.get(channel);
      const row = plan.allocation.find((each) => each.channel === channel);
      if (history === undefined || history.varied === null || row === undefined) return false;
      if (bounds.some((each) => each.channel === channel)) return false;
      const moved = Math.abs(Number(row.recommended) - Number(row.current));
      return history.varied < exploration && moved < exploration * Number(row.current);
    })
    .sort((a, b) => histories.get(a)!.current - histories.get(b)!.current);
}
