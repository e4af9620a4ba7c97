import type { GuardRails, Plan, RebalancingCheck } from "../../contract/index.ts";
import { checkOf } from "../checks/words.ts";
import { movedShare } from "./limit-moved.ts";

export interface JudgedPlan {
  readonly plan: Plan;
  readonly checks: RebalancingCheck[];
  readonly verdict: "propose" | "nothing" | "blocked";
}

const CENT = 0.01;
/** Why a plan keeps a channel although nobody asked for it. */
const UNKNOWN = ["unidentified", "uncertain", "no-curve", "demand-capture", "low-coverage"];

/** Whether a plan may be put forward: it is held against the rails once more, by its own figures, however it was found. */
export function judgeFigures(
  plan: Plan,
  guardRails: Pick<GuardRails, "maxChannelChange" | "maxTotalMoved" | "leastProbabilityOfGain">,
): JudgedPlan {
  const worth = judgeWorth(plan, guardRails.leastProbabilityOfGain);
  const broken = plan.status === "optimal" && !keepsRails(plan, guardRails);
  if (plan.status === "infeasible" || broken || worth === "unproved")
    return { plan, checks: [checkOf("channel-change", "blocked", { says: "impossible" })], verdict: "blocked" };
  return {
    plan,
    checks: [worth, ...changeChecks(plan, guardRails.maxChannelChange), ...unknownChecks(plan)],
    verdict: worth.outcome === "passed" ? "propose" : "nothing",
  };
}

function keepsRails({ allocation, ...plan }: Plan, { maxChannelChange, maxTotalMoved }: GuardRails | Rails): boolean {
  const budget = allocation.reduce((sum, { current }) => sum + Number(current), 0);
  const total = allocation.reduce((sum, { recommended }) => sum + Number(recommended), 0);
  const cents = CENT * (allocation.length + 1);
  const areChannels = allocation.every(
    ({ current, recommended }) =>
      Math.abs(Number(recommended) - Number(current)) <= maxChannelChange * Number(current) + 2 * CENT,
  );
  const isMoved = movedShare({ allocation, considered: plan.considered }) * budget <= maxTotalMoved * budget + cents;
  return areChannels && isMoved && Math.abs(total - budget) <= cents;
}

type Rails = Pick<GuardRails, "maxChannelChange" | "maxTotalMoved">;

function judgeWorth(plan: Plan, least: number): RebalancingCheck | "unproved" {
  const { currency } = plan;
  const expected = (plan.considered?.expected ?? plan.expected).goal;
  const { probabilityOfGain: probability, interval } = expected;
  const codes = plan.warnings.map(({ code }) => code);
  if (codes.includes("not-proved")) return "unproved";
  if (codes.includes("already-best")) return checkOf("within-noise", "held", { says: "best" });
  if (codes.includes("nothing-to-plan") || probability === null)
    return checkOf("within-noise", "held", { says: "no-draws" });
  const numbers = {
    ...{ probability, limit: least, gain: (expected.value - expected.valueAtCurrent).toFixed(2), currency },
    ...(interval === null
      ? {}
      : { low: interval.low.toFixed(2), high: interval.high.toFixed(2), level: interval.level }),
  };
  return plan.status === "optimal" && probability >= least
    ? checkOf("within-noise", "passed", { says: "fine", ...numbers })
    : checkOf("within-noise", "held", { says: "noise", ...numbers });
}

function changeChecks({ allocation, status, currency }: Plan, limit: number): RebalancingCheck[] {
  const at = allocation.filter(
    ({ why }) => status === "optimal" && why.stop?.type === "change_limit_pct" && why.code.startsWith("at-"),
  );
  if (at.length === 0) return [checkOf("channel-change", "passed", { says: "fine", limit })];
  return at.map(({ channel, current, recommended }) =>
    checkOf(
      "channel-change",
      "trimmed",
      { says: "at-limit", limit, from: current, to: recommended, currency },
      channel,
    ),
  );
}

function unknownChecks({ allocation }: Plan): RebalancingCheck[] {
  const held = allocation.filter(({ why }) => UNKNOWN.includes(why.code));
  if (held.length === 0) return [checkOf("not-identified", "passed", { says: "fine" })];
  return held.map(({ channel, why }) => checkOf("not-identified", "held", { says: "held", why: why.code }, channel));
}
