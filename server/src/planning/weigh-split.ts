import { findFinishedRun } from "../attribution/index.ts";
import { DAYS_PER_PERIOD, type DecidedWorth, type Plan, type ProposeInput } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { brokenLimits } from "./broken-limits.ts";
import { expectedOf } from "./expected.ts";
import { curvesOfRun, type FittedCurves } from "./fit-curves.ts";
import { gatherFacts } from "./gather-facts.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { PlanCurves } from "./plan-frame.ts";
import type { PlanLimits } from "./prepare-channels.ts";
import { preparePlan } from "./prepare-plan.ts";
import { marginalAt, revenueAt } from "./revenue-curve.ts";
import { drawnGains } from "./split-worth.ts";

type Amounts = readonly { readonly channel: string; readonly amount: string }[];

/**
 * What other amounts than the recommended ones are worth by the curves of the plan's own run, against the split that the plan calls
 * today's; and which limits on what they bring they break.
 * @param amounts per period of the plan; channels that are not named get what was recommended
 * @returns null where the run is gone, or the data that its curves stood on
 */
export async function weighSplit(
  workspace: Workspace,
  plan: Plan,
  input: ProposeInput,
  amounts: Amounts,
): Promise<DecidedWorth | null> {
  try {
    const curves = await curvesOfPlan(workspace, plan);
    if (curves === null) return null;
    return weighOn(curves, plan, input, amounts, await gatherFacts(workspace, curves, input));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

/** The same on these curves. Law: what was recommended is worth what the plan says, to the cents that it was rounded to. */
export function weighOn(
  curves: PlanCurves,
  plan: Plan,
  limits: PlanLimits,
  amounts: Amounts,
  facts: PlanFacts,
): DecidedWorth {
  const { prepared, problem, frame } = preparePlan(asOfPlan(curves, plan), limits, facts);
  const { channels } = prepared;
  const changed = new Map(amounts.map(({ channel, amount }) => [channel, Number(amount)]));
  const recommended = new Map(plan.allocation.map((row) => [row.channel, Number(row.recommended)]));
  const spend = channels.map(({ name }) => changed.get(name) ?? recommended.get(name) ?? 0);
  const responses = channels.map(({ curve }, i) => (curve === null ? 0 : revenueAt(curve, spend[i]!)));
  const gains = drawnGains(plan.period, problem, channels, spend);
  return {
    expected: expectedOf(frame, problem, channels, spend, gains),
    channels: channels.map(({ name, curve }, i) => {
      const slope = curve === null ? null : marginalAt(curve, spend[i]!);
      const marginalRoas = slope !== null && Number.isFinite(slope) ? slope : null;
      return { channel: name, revenue: curve === null ? null : responses[i]!, marginalRoas };
    }),
    broken: brokenLimits(problem, spend, responses, plan.period),
  };
}

async function curvesOfPlan(workspace: Workspace, { sources, currency }: Plan): Promise<FittedCurves | null> {
  const { run, curveDays } = sources;
  if (run === null || curveDays === null) return null;
  const { found, asked } = await findFinishedRun(workspace, run);
  const { from, to } = curveDays;
  const scope = { from, to, timeZone: asked.timeZone, currency };
  const curves = await curvesOfRun(workspace, { runId: run, fit: found }, scope);
  return { ...curves, currentDays: sources.currentDays ?? curves.currentDays };
}

/** The channels of the plan with what it says that they spend: rows that came in since have no say. */
function asOfPlan(curves: PlanCurves, { allocation, period }: Plan): PlanCurves {
  const days = DAYS_PER_PERIOD[period];
  const daily = ({ current }: Plan["allocation"][number]) => Number(current) / days;
  const fitted = new Map(curves.channels.map((channel) => [channel.channel, channel]));
  const missing = new Map(curves.withoutCurve.map((channel) => [channel.channel, channel]));
  const none = { code: "few-days", days: 0, daysNeeded: 0, reason: "" } as const;
  return {
    ...curves,
    channels: allocation.flatMap((row) => {
      const known = row.revenue === null ? undefined : fitted.get(row.channel);
      return known === undefined ? [] : [{ ...known, currentSpend: daily(row) }];
    }),
    withoutCurve: allocation
      .filter(({ channel, revenue }) => revenue === null || !fitted.has(channel))
      .map((row) => ({ ...none, ...missing.get(row.channel), channel: row.channel, currentSpend: daily(row) })),
  };
}
