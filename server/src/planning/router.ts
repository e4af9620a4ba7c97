import {
  Curves,
  CurvesInput,
  Frontier,
  FrontierInput,
  GoalSeek,
  GoalSeekInput,
  Plan,
  PlanChoices,
  ProposeInput,
  WeeklyPlan,
  WeeksInput,
  WhatIf,
  WhatIfInput,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { fetchCurves } from "./describe-curve.ts";
import { fetchChoices } from "./gather-facts.ts";
import { proposePlan } from "./propose.ts";
import { scenariosRouter } from "./scenarios/index.ts";
import { seekGoal, traceFrontier, tryChannel } from "./studies/index.ts";
import { planWeeks } from "./weeks/index.ts";

export const planningRouter = router({
  curves: allowed("plans:read", "results")
    .input(CurvesInput)
    .output(Curves)
    .query(({ ctx, input }) => fetchCurves(ctx.workspace, input)),
  choices: allowed("plans:read", "results")
    .output(PlanChoices)
    .query(({ ctx }) => fetchChoices(ctx.workspace)),
  // It says what changed since the scenario that was saved last.
  propose: allowed("plans:read", "decisions")
    .input(ProposeInput)
    .output(Plan)
    .query(({ ctx, input }) => proposePlan(ctx.workspace, input)),
  frontier: allowed("plans:read", "results")
    .input(FrontierInput)
    .output(Frontier)
    .query(({ ctx, input }) => traceFrontier(ctx.workspace, input)),
  whatIf: allowed("plans:read", "results")
    .input(WhatIfInput)
    .output(WhatIf)
    .query(({ ctx, input }) => tryChannel(ctx.workspace, input)),
  goalSeek: allowed("plans:read", "results")
    .input(GoalSeekInput)
    .output(GoalSeek)
    .query(({ ctx, input }) => seekGoal(ctx.workspace, input)),
  weeks: allowed("plans:read", "results")
    .input(WeeksInput)
    .output(WeeklyPlan)
    .query(({ ctx, input }) => planWeeks(ctx.workspace, input)),
  scenarios: scenariosRouter,
});
