import { z } from "zod";
import { type LimitsSearch, parseLimitsSearch } from "./limits.ts";

/** What is shown below the plan. */
export const PlannerView = z.enum(["budgets", "weeks", "scenarios"]);
export type PlannerView = z.infer<typeof PlannerView>;

/** The planner's part of the address: its limits, and what is shown below the plan. */
export interface PlannerSearch extends LimitsSearch {
  view?: PlannerView;
}

/** The first view is the one that a bare address shows. */
export function viewSearch(view: PlannerView | undefined): { view?: PlannerView } {
  return view === undefined || view === "budgets" ? {} : { view };
}

export function parsePlannerSearch(search: Record<string, unknown>): PlannerSearch {
  const view = PlannerView.safeParse(search.view);
  return { ...parseLimitsSearch(search), ...viewSearch(view.data) };
}
