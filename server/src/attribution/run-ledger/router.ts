import {
  CompareRuns,
  OneRun,
  PinRun,
  PrunedRuns,
  PruneRuns,
  RepeatRun,
  RunComparison,
  RunDetails,
  RunRepetition,
  RunSummary,
  RunsInput,
  RunsPage,
} from "../../contract/index.ts";
import { acting, allowed, router } from "../../trpc.ts";
import { cancelRun } from "./cancel-run.ts";
import { compareRuns } from "./compare-runs.ts";
import { fetchRun, fetchRuns, pinRun, unpinRun } from "./list-runs.ts";
import { DEFAULT_PRUNE_RULE, pruneRuns } from "./prune-runs.ts";
import { repeatRun } from "./repeat-run.ts";

export const runsRouter = router({
  list: allowed("results:read")
    .input(RunsInput)
    .output(RunsPage)
    .query(({ ctx, input }) => fetchRuns(ctx.workspace, input)),
  show: allowed("results:read")
    .input(OneRun)
    .output(RunDetails)
    .query(({ ctx, input }) => fetchRun(ctx.workspace, input.run)),
  compare: allowed("results:read")
    .input(CompareRuns)
    .output(RunComparison)
    .query(({ ctx, input }) => compareRuns(ctx.workspace, input.a, input.b)),
  pin: acting("runs:change", "runs.pin", "run")
    .input(PinRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => pinRun(ctx.workspace, input.run, input.label, ctx.member.name)),
  unpin: acting("runs:change", "runs.unpin", "run")
    .input(OneRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => unpinRun(ctx.workspace, input.run, ctx.member.name)),
  cancel: acting("runs:change", "runs.cancel", "run")
    .input(OneRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => cancelRun(ctx.workspace, input.run, ctx.member.name)),
  repeat: acting("runs:change", "runs.repeat", "run")
    .input(RepeatRun)
    .output(RunRepetition)
    .mutation(({ ctx, input }) => repeatRun(ctx.workspace, input.run, input.fromEvents)),
  prune: acting("runs:change", "runs.prune", "run")
    .input(PruneRuns)
    .output(PrunedRuns)
    .mutation(async ({ ctx, input }) => ({
      pruned: await pruneRuns(ctx.workspace, { ...DEFAULT_PRUNE_RULE, ...input }),
    })),
});
