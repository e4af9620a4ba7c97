import { DEFAULT_MODEL, type Plan, type PlanGoal, type PlanSources } from "../contract/index.ts";
import type { FittedCurves } from "./fit-curves.ts";
import type { PlanFacts } from "./plan-facts.ts";
import type { PlanLimits, PreparedChannels } from "./prepare-channels.ts";

/** The curves that a plan stands on: fitted on a run's credit, or given by the user, without a run. */
export type PlanCurves = Pick<FittedCurves, "currency" | "channels" | "withoutCurve"> &
  Partial<Pick<FittedCurves, "run" | "days" | "currentDays">>;

/** What every answer carries, whatever it says. */
export interface PlanFrame extends Pick<Plan, "budget" | "period" | "currency" | "model" | "sources"> {
  readonly goal: PlanGoal;
}

export function planFrame(
  curves: PlanCurves,
  { channels, budget }: Pick<PreparedChannels, "channels" | "budget">,
  limits: PlanLimits,
  facts: PlanFacts,
): PlanFrame {
  return {
    budget: budget.toFixed(2),
    period: limits.period,
    currency: curves.currency,
    model: DEFAULT_MODEL,
    goal: limits.goal ?? "revenue",
    sources: planSources(curves, channels, facts),
  };
}

function planSources(
  { run, days, currentDays }: PlanCurves,
  channels: PreparedChannels["channels"],
  { worth }: PlanFacts,
): PlanSources {
  return {
    run: run ?? null,
    curveDays: days ?? null,
    currentDays: currentDays ?? null,
    channels: channels.map(({ name, fitted }) => ({
      channel: name,
      source: fitted?.source ?? null,
      families: [...(fitted?.families ?? [])],
      days: fitted?.observed.length ?? 0,
      draws: fitted?.draws.length ?? 0,
      worth: worth[name] ?? 1,
    })),
  };
}
