import type { ChannelBounds, Plan, ProposeInput, RebalancingCheck } from "../../contract/index.ts";
import { checkOf } from "../checks/words.ts";
import { dropNoise } from "./drop-noise.ts";
import { type Explored, explore } from "./explore.ts";
import { gainOf, limitMoved, movedShare } from "./limit-moved.ts";
import type { PaidHistory } from "./paid-history.ts";
import { isWorthIt, type Rails } from "./rails.ts";

export interface GuardedPlan {
  readonly input: ProposeInput;
  readonly checks: RebalancingCheck[];
  readonly plan: Plan;
}

const WEEK = 7;
const CENT = 0.01;

/**
 * The best plan of a week within the guard-rails, the limits under which it is found, and what each rail did.
 * @param solve the best plan within limits on curves whose today is what `histories` say
 */
export async function planWithin(rails: Rails, solve: (input: ProposeInput) => Promise<Plan>): Promise<GuardedPlan> {
  const { guardRails } = rails;
  const given = limitsWithin(rails);
  const limited = await limitMoved(given, guardRails.maxTotalMoved, solve);
  const isWorth = isWorthIt(limited.plan, guardRails.leastProbabilityOfGain);
  const quiet = isWorth ? await dropNoise(rails, limited, solve) : { ...limited, dropped: [] };
  const explored = isWorth ? await explore(rails, quiet, solve) : { ...quiet, nudged: [], left: [] };
  const { input, plan } = explored;
  const checks = [
    ...movedCheck(rails, { ...limited, plan }),
    ...exploreChecks(rails, explored),
    ...protectedChecks(rails),
    ...restingChecks(rails),
    ...cappedChecks(rails, plan),
    ...quiet.dropped.map((channel) => checkOf("within-noise", "held", { says: "dropped" }, channel)),
  ];
  return { input, checks, plan };
}

/** Locks, and the largest spend ever seen as a group of one: a bound of the channel's own would set it free where nothing is known of it. */
function limitsWithin({ guardRails, channels, histories, resting, held }: Rails): ProposeInput {
  const locked = new Set([...guardRails.protectedChannels, ...resting.map(({ channel }) => channel), ...held]);
  return {
    ...{ period: "week", budget: null, exact: true, maxChange: guardRails.maxChannelChange },
    bounds: channels.filter((channel) => locked.has(channel)).map(lock),
    groups: guardRails.allowExtrapolation
      ? []
      : channels
          .filter((channel) => !locked.has(channel) && histories.has(channel))
          .map((channel) => ({
            ...{ name: `largest spend of ${channel}`, members: [channel], min: null },
            max: capOf(histories.get(channel)!),
          })),
  };
}

const capOf = ({ largest }: PaidHistory) => Math.ceil((WEEK * largest) / CENT) * CENT;

const lock = (channel: string): ChannelBounds => ({ channel, lower: null, upper: null, locked: true });

function movedCheck(
  { guardRails }: Rails,
  { plan, wanted, gainWanted }: { plan: Plan; wanted: number; gainWanted: number },
): RebalancingCheck[] {
  const limit = guardRails.maxTotalMoved;
  const moved = movedShare(plan);
  const { currency } = plan;
  const isLimited = wanted > limit * (1 + 1e-6) && isWorthIt(plan, guardRails.leastProbabilityOfGain);
  if (!isLimited) {
    return [checkOf("total-moved", "passed", { says: "fine", limit, moved: plan.status === "optimal" ? moved : 0 })];
  }
  return [
    checkOf("total-moved", "trimmed", {
      ...{ says: "limited", limit, moved, wanted, currency },
      ...{ gain: gainOf(plan).toFixed(2), gainWanted: gainWanted.toFixed(2) },
    }),
  ];
}

function protectedChecks({ guardRails, channels }: Rails): RebalancingCheck[] {
  const held = channels.filter((channel) => guardRails.protectedChannels.includes(channel));
  if (held.length === 0) return [checkOf("protected", "passed", { says: "fine" })];
  return held.map((channel) => checkOf("protected", "held", { says: "protected" }, channel));
}

function restingChecks({ guardRails, channels, resting }: Rails): RebalancingCheck[] {
  const held = resting.filter(({ channel }) => channels.includes(channel));
  if (held.length === 0) return [checkOf("cool-down", "passed", { says: "fine", days: guardRails.coolDownDays })];
  return held.map(({ channel, changed, daysLeft }) =>
    checkOf("cool-down", "held", { says: "rests", changed, days: guardRails.coolDownDays, daysLeft }, channel),
  );
}

function cappedChecks({ guardRails, histories }: Rails, plan: Plan): RebalancingCheck[] {
  if (guardRails.allowExtrapolation) return [checkOf("extrapolation", "passed", { says: "off" })];
  const { currency } = plan;
  const capped = plan.allocation.flatMap(({ channel, current, recommended }) => {
    const history = histories.get(channel);
    if (history === undefined || plan.status !== "optimal") return [];
    const cap = capOf(history);
    const isRaised = Number(recommended) > Number(current) + CENT;
    const isBelowChange = cap < Number(current) * (1 + guardRails.maxChannelChange) - CENT;
    if (!isRaised || !isBelowChange || Number(recommended) < cap - CENT) return [];
    const numbers = { says: "capped", largest: cap.toFixed(2), to: recommended, currency };
    return [checkOf("extrapolation", "trimmed", numbers, channel)];
  });
  return capped.length > 0 ? capped : [checkOf("extrapolation", "passed", { says: "fine" })];
}

function exploreChecks({ guardRails, histories }: Rails, { nudged, left, plan }: Explored): RebalancingCheck[] {
  const least = guardRails.exploration;
  const weeks = 8;
  if (least === 0) return [checkOf("exploration", "passed", { says: "off" })];
  if (nudged.length + left.length === 0) return [checkOf("exploration", "passed", { says: "fine", least, weeks })];
  const { currency } = plan;
  const variedOf = (channel: string) => histories.get(channel)?.varied ?? 0;
  return [
    ...nudged.map((channel) => {
      const row = plan.allocation.find((each) => each.channel === channel)!;
      const numbers = { least, weeks, varied: variedOf(channel), from: row.current, to: row.recommended, currency };
      return checkOf("exploration", "passed", { says: "nudged", ...numbers }, channel);
    }),
    ...left.map((channel) =>
      checkOf("exploration", "passed", { says: "later", least, weeks, varied: variedOf(channel) }, channel),
    ),
  ];
}
