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
import { procedure, router } from "../trpc.ts";
import { fetchCurves } from "./describe-curve.ts";
import { fetchChoices } from "./gather-facts.ts";
import { proposePlan } from "./propose.ts";
import { scenariosRouter } from "./scenarios/index.ts";
import { seekGoal, traceFrontier, tryChannel } from "./studies/index.ts";
import { planWeeks } from "./weeks/index.ts";

export const planningRouter = router({
  curves: procedure
    .input(CurvesInput)
    .output(Curves)
    .query(({ ctx, input }) => fetchCurves(ctx.workspace, input)),
  choices: procedure.output(PlanChoices).query(({ ctx }) => fetchChoices(ctx.workspace)),
  propose: procedure
    .input(ProposeInput)
    .output(Plan)
    .query(({ ctx, input }) => proposePlan(ctx.workspace, input)),
  frontier: procedure
    .input(FrontierInput)
    .output(Frontier)
    .query(({ ctx, input }) => traceFrontier(ctx.workspace, input)),
  whatIf: procedure
    .input(WhatIfInput)
    .output(WhatIf)
    .query(({ ctx, input }) => tryChannel(ctx.workspace, input)),
  goalSeek: procedure
    .input(GoalSeekInput)
    .output(GoalSeek)
    .query(({ ctx, input }) => seekGoal(ctx.workspace, input)),
  weeks: procedure
    .input(WeeksInput)
    .output(WeeklyPlan)
    .query(({ ctx, input }) => planWeeks(ctx.workspace, input)),
  scenarios: scenariosRouter,
});
