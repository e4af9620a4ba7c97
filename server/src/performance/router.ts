import {
  BreakdownAnswer,
  BreakdownInput,
  ClaimsAnswer,
  Marginals,
  MarginalsInput,
  MovementAnswer,
  MovementInput,
  Overview,
  OverviewInput,
  ResultChoices,
  ResultScope,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { fetchBreakdown } from "./breakdown.ts";
import { fetchChoices } from "./choices.ts";
import { fetchClaims } from "./claims.ts";
import { fetchMarginals } from "./marginals.ts";
import { explainMovement } from "./movement.ts";
import { fetchOverview } from "./overview.ts";

export const performanceRouter = router({
  choices: allowed("results:read", "results")
    .output(ResultChoices)
    .query(({ ctx }) => fetchChoices(ctx.workspace)),
  overview: allowed("results:read", "results")
    .input(OverviewInput)
    .output(Overview)
    .query(({ ctx, input }) => fetchOverview(ctx.workspace, input)),
  breakdown: allowed("results:read", "results")
    .input(BreakdownInput)
    .output(BreakdownAnswer)
    .query(({ ctx, input }) => fetchBreakdown(ctx.workspace, input)),
  movement: allowed("results:read", "results")
    .input(MovementInput)
    .output(MovementAnswer)
    .query(({ ctx, input }) => explainMovement(ctx.workspace, input)),
  claims: allowed("results:read", "results")
    .input(ResultScope)
    .output(ClaimsAnswer)
    .query(({ ctx, input }) => fetchClaims(ctx.workspace, input)),
  marginals: allowed("results:read", "results")
    .input(MarginalsInput)
    .output(Marginals)
    .query(({ ctx, input }) => fetchMarginals(ctx.workspace, input)),
});
