import type { Plan, ProposeInput } from "../../contract/index.ts";

export interface LimitedPlan {
  readonly input: ProposeInput;
  readonly plan: Plan;
  /** Of the budget, what the best plan without this rule would move, and what it would gain. */
  readonly wanted: number;
  readonly gainWanted: number;
}

/** Each cut is another set of channels: more than this no plan of an account needs. */
const MOST_CUTS = 60;
const CENT = 0.01;

/**
 * The best plan that moves at most a share of the budget from one channel to another.
 *
 * With the total fixed, what moves is what the channels that gain get on top of today, so the rule says: no set of channels gets more than its
 * spend of today and that share, sum over S of x <= current(S) + share * budget for every S. Of these 2^n rows only those are asked for that
 * a plan breaks: solve, and while the channels that gain get too much, hold that very set and solve again. Every step is a relaxation of the
 * whole rule, so the first plan that keeps it is the best of all that do; and a set that is held is never broken again.
 *
 * @param solve the best plan within limits, or today's split with the best one beside it
 * Law: agrees with brute force; a larger share never gains less; with a share of 1 nothing is cut.
 */
export async function limitMoved(
  given: ProposeInput,
  share: number,
  solve: (input: ProposeInput) => Promise<Plan>,
): Promise<LimitedPlan> {
  const first = await solve(given);
  let [input, plan] = [given, first];
  for (let cut = 1; cut <= MOST_CUTS; cut++) {
    const split = splitOf(plan);
    const budget = split.reduce((sum, { current }) => sum + current, 0);
    const gaining = split.filter(({ current, amount }) => amount > current);
    const moved = gaining.reduce((sum, { current, amount }) => sum + amount - current, 0);
    // Each amount was rounded to a cent.
    if (moved <= share * budget + CENT * split.length) break;
    const most = gaining.reduce((sum, { current }) => sum + current, 0) + share * budget;
    const group = {
      name: `money moved at most ${Number((100 * share).toFixed(2))} % (${cut})`,
      members: gaining.map(({ channel }) => channel),
      ...{ min: null, max: Math.floor(most / CENT) * CENT },
    };
    input = { ...input, groups: [...(input.groups ?? []), group] };
    plan = await solve(input);
  }
  return { input, plan, wanted: movedShare(first), gainWanted: gainOf(first) };
}

/** The split that a plan found best, whether or not it recommends it. */
export function splitOf({ allocation, considered }: Pick<Plan, "allocation" | "considered">) {
  const found = new Map(considered?.allocation.map(({ channel, spend }) => [channel, Number(spend)]));
  return allocation.map(({ channel, current, recommended }) => ({
    ...{ channel, current: Number(current) },
    amount: found.get(channel) ?? Number(recommended),
  }));
}

/** Of today's budget, what changes its channel in the split that was found best. */
export function movedShare(plan: Pick<Plan, "allocation" | "considered">): number {
  const split = splitOf(plan);
  const budget = split.reduce((sum, { current }) => sum + current, 0);
  const moved = split.reduce((sum, { current, amount }) => sum + Math.max(0, amount - current), 0);
  return budget > 0 ? moved / budget : 0;
}

/** What the split that was found best gains over today's, in a period of the plan. */
export function gainOf({ expected, considered }: Pick<Plan, "expected" | "considered">): number {
  const { revenue, revenueAtCurrent } = considered?.expected ?? expected;
  return revenue - revenueAtCurrent;
}
