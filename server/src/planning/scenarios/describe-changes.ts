import {
  type AllocationRow,
  DAYS_PER_PERIOD,
  type Plan,
  type PlanChanges,
  type ProposeInput,
  type RecommendationChange,
  type Scenario,
} from "../../contract/index.ts";
import { amount, figureOf } from "../limit-words.ts";
import type { PlannedToday } from "../plan-today.ts";
import { signed } from "../reason-words.ts";
import { limitChanges } from "./limit-changes.ts";

/** Differences below this share of the budget are none that somebody would act on. */
const SMALL = 1e-3;

/**
 * What a plan recommends otherwise than a saved one, and why.
 *
 * Between the two lies the plan of the old limits on the data of now: what differs up to it is due to the data, the rest to
 * the limits. Of the data, that counts which changed by the larger factor: what was spent until today, or what a unit of it
 * brings at the spend of then.
 * @param between null where the old limits cannot be planned on any more
 */
export function describeChanges(
  saved: Scenario,
  input: ProposeInput,
  { plan, marginalAt }: PlannedToday,
  between: Plan | null,
): PlanChanges {
  const limits = limitChanges(saved.input, input);
  const factor = DAYS_PER_PERIOD[plan.period] / DAYS_PER_PERIOD[saved.plan.period];
  const rows = (of: Plan) => new Map(of.allocation.map((row) => [row.channel, row]));
  const [old, fresh, halfway] = [rows(saved.plan), rows(plan), between === null ? null : rows(between)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  const isSmall = (difference: number) => Math.abs(difference) <= SMALL * Number(plan.budget);
  const isSameGoal = saved.plan.expected.goal.goal === plan.expected.goal.goal;
  const channels = names.flatMap((channel): RecommendationChange[] => {
    const row = old.get(channel);
    const spendThen = row === undefined ? null : factor * Number(row.current);
    const change = channelChange({
      ...{ channel, before: row, after: fresh.get(channel), halfway: halfway?.get(channel), factor },
      marginalBefore: isSameGoal ? (row?.why.marginalNow ?? null) : null,
      marginalAfter: isSameGoal && spendThen !== null ? marginalAt(channel, spendThen) : null,
    });
    return isSmall(change.byLimits + change.byData) ? [] : [{ ...change, text: changeInWords(change, plan.period) }];
  });
  const since = { scenario: saved.id, name: saved.name, savedAt: saved.savedAt };
  return { since, limits, channels, text: summary(since, limits.length, channels.length) };
}

interface Pair extends Pick<RecommendationChange, "channel" | "marginalBefore" | "marginalAfter"> {
  readonly before: AllocationRow | undefined;
  readonly after: AllocationRow | undefined;
  /** The old limits on today's data. */
  readonly halfway: AllocationRow | undefined;
  /** Of the old plan's period to the new one's. */
  readonly factor: number;
}

function channelChange(pair: Pair): Omit<RecommendationChange, "text"> {
  const { channel, before, after, halfway, factor, marginalBefore, marginalAfter } = pair;
  const [start, end] = [factor * Number(before?.recommended ?? 0), Number(after?.recommended ?? 0)];
  const middle = halfway === undefined ? start : factor * Number(halfway.recommended);
  const [byData, byLimits] = [middle - start, end - middle];
  return {
    channel,
    code: codeOf(pair, byLimits, byData),
    before: before === undefined ? null : start.toFixed(2),
    after: after === undefined ? null : end.toFixed(2),
    ...{ byLimits, byData },
    currentBefore: before === undefined ? null : (factor * Number(before.current)).toFixed(2),
    currentAfter: after?.current ?? null,
    ...{ marginalBefore, marginalAfter },
  };
}

function codeOf(pair: Pair, byLimits: number, byData: number): RecommendationChange["code"] {
  const { before, after, factor, marginalBefore, marginalAfter } = pair;
  if (before === undefined) return "new";
  if (after === undefined) return "gone";
  if (Math.abs(byLimits) >= Math.abs(byData)) return "limits";
  const spend = changeFactor(factor * Number(before.current), Number(after.current));
  return spend > changeFactor(marginalBefore, marginalAfter) ? "spend" : "curve";
}

/** How many times larger or smaller, as a logarithm; 0 where there is nothing to compare. */
function changeFactor(before: number | null, after: number | null): number {
  if (before === null || after === null || !(before > 0) || !(after > 0)) return 0;
  return Math.abs(Math.log(after / before));
}

function changeInWords(change: Omit<RecommendationChange, "text">, period: Plan["period"]): string {
  const { channel, code, before, after, byLimits, byData } = change;
  const figure = (text: string | null) => amount(Number(text ?? 0));
  const head = `${channel}: ${figure(after)} a ${period}, was ${figure(before)}`;
  switch (code) {
    case "new":
      return `${channel} is new: ${figure(after)} a ${period}.`;
    case "gone":
      return `${channel} has no spend any more; it was to have ${figure(before)} a ${period}.`;
    case "limits":
      return `${head}: other limits move it by ${signed(byLimits)}${byData === 0 ? "" : `, newer data by ${signed(byData)}`}.`;
    case "spend":
      return `${head}: what is spent on it went from ${figure(change.currentBefore)} to ${figure(change.currentAfter)}.`;
    case "curve":
      return change.marginalBefore === null || change.marginalAfter === null
        ? `${head}: the curves changed.`
        : `${head}: its next unit of money brings ${figureOf(change.marginalAfter)}, then it was ${figureOf(change.marginalBefore)}.`;
  }
}

function summary({ name, savedAt }: PlanChanges["since"], limits: number, channels: number): string {
  const since = `Against "${name}", saved on ${savedAt.slice(0, 10)},`;
  if (limits + channels === 0) return `${since} nothing changed that anybody would act on.`;
  const many = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;
  return `${since} ${many(limits, "limit")} ${limits === 1 ? "reads" : "read"} otherwise and ${many(channels, "channel")} ${channels === 1 ? "is" : "are"} recommended another spend.`;
}
