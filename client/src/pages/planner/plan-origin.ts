import type { Plan } from "@touchline/server/contract";
import type { FigureOrigin } from "../../ui/origin-context.ts";

/** Where the figures of a plan come from: its curves, and the run that these stand on. */
export function planOrigin(plan: Plan, title: string): FigureOrigin {
  return {
    title,
    figures: ["plan", "curve", "marginalRoas", "interval"],
    model: plan.model,
    run: plan.sources.run,
    ...(plan.sources.curveDays === null ? {} : { range: plan.sources.curveDays }),
  };
}
