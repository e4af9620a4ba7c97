import { DAYS_PER_PERIOD } from "../../contract/index.ts";
import { UserError } from "../../user-error.ts";
import type { PlanLimits } from "../prepare-channels.ts";

/** A plan by week knows money, pacing and commitments. @throws UserError that names what it does not know */
export function requireWeekly(limits: PlanLimits): void {
  const of = (name: string, isAsked: boolean) => (isAsked ? [name] : []);
  const unknown = [
    ...of("a target", typeof limits.target === "number"),
    ...of("caution", (limits.caution ?? 0) > 0),
    ...of("a lowest ROAS", isAnyGiven(limits, "minRoas")),
    ...of("a highest cost per conversion", isAnyGiven(limits, "maxCpa")),
    ...of(
      "all-or-nothing minimums",
      limits.bounds.some(({ minimumIfOn }) => typeof minimumIfOn === "number"),
    ),
    ...of(
      "steps",
      limits.bounds.some(({ step }) => typeof step === "number"),
    ),
    ...of("capacities", (limits.capacities ?? []).length > 0),
    ...of("contact caps", (limits.contacts ?? []).length > 0),
    ...of("limits of a constraints file", (limits.constraints ?? []).length > 0 || limits.objective !== undefined),
  ];
  if (unknown.length > 0)
    throw new UserError(`a plan by week does not know ${unknown.join(", ")}: leave that out`, { exitCode: 2 });
}

function isAnyGiven({ bounds, groups = [], ...plan }: PlanLimits, limit: "minRoas" | "maxCpa"): boolean {
  return [plan, ...bounds, ...groups].some((each) => typeof each[limit] === "number");
}

/** The same limits for one week, at the same money a day. */
export function limitsOfOneWeek(limits: PlanLimits): PlanLimits {
  const factor = 7 / DAYS_PER_PERIOD[limits.period];
  const scaled = (amount: number | null) => (amount === null ? null : amount * factor);
  return {
    ...limits,
    period: "week",
    budget: scaled(limits.budget),
    bounds: limits.bounds.map((each) => ({
      ...each,
      lower: scaled(each.lower),
      upper: scaled(each.upper),
      ...(typeof each.fixed === "number" ? { fixed: each.fixed * factor } : {}),
    })),
    groups: (limits.groups ?? []).map((each) => ({ ...each, min: scaled(each.min), max: scaled(each.max) })),
  };
}
