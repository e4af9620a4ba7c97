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
import { procedure, router } from "../../trpc.ts";
import { cancelRun } from "./cancel-run.ts";
import { compareRuns } from "./compare-runs.ts";
import { fetchRun, fetchRuns, pinRun, unpinRun } from "./list-runs.ts";
import { DEFAULT_PRUNE_RULE, pruneRuns } from "./prune-runs.ts";
import { repeatRun } from "./repeat-run.ts";

/** Who pins and cancels from the page, as long as it has no accounts. */
const DASHBOARD = "dashboard";

export const runsRouter = router({
  list: procedure
    .input(RunsInput)
    .output(RunsPage)
    .query(({ ctx, input }) => fetchRuns(ctx.workspace, input)),
  show: procedure
    .input(OneRun)
    .output(RunDetails)
    .query(({ ctx, input }) => fetchRun(ctx.workspace, input.run)),
  compare: procedure
    .input(CompareRuns)
    .output(RunComparison)
    .query(({ ctx, input }) => compareRuns(ctx.workspace, input.a, input.b)),
  pin: procedure
    .input(PinRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => pinRun(ctx.workspace, input.run, input.label, DASHBOARD)),
  unpin: procedure
    .input(OneRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => unpinRun(ctx.workspace, input.run, DASHBOARD)),
  cancel: procedure
    .input(OneRun)
    .output(RunSummary)
    .mutation(({ ctx, input }) => cancelRun(ctx.workspace, input.run, DASHBOARD)),
  repeat: procedure
    .input(RepeatRun)
    .output(RunRepetition)
    .mutation(({ ctx, input }) => repeatRun(ctx.workspace, input.run, input.fromEvents)),
  prune: procedure
    .input(PruneRuns)
    .output(PrunedRuns)
    .mutation(async ({ ctx, input }) => ({
      pruned: await pruneRuns(ctx.workspace, { ...DEFAULT_PRUNE_RULE, ...input }),
    })),
});
