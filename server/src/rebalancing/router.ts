import {
  ChangeRebalancing,
  OneRebalancingRun,
  RebalancingOutcomes,
  RebalancingRun,
  RebalancingRunList,
  RebalancingRunsInput,
  RebalancingSchedule,
  StartRebalancing,
} from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { fetchOutcomes } from "./outcomes/index.ts";
import { cancelRun } from "./runs/cancel-run.ts";
import { describeRun, findRun, listRuns } from "./runs/list-runs.ts";
import { queueRun } from "./runs/queue-run.ts";
import { changeRebalancing, readRebalancing } from "./settings.ts";

export const rebalancingRouter = router({
  // When it runs next changes with time.
  settings: allowed("plans:read")
    .output(RebalancingSchedule)
    .query(({ ctx }) => readRebalancing(ctx.store, ctx.workspace, new Date())),
  changeSettings: allowed("rebalancing:change")
    .input(ChangeRebalancing)
    .output(RebalancingSchedule)
    .mutation(({ ctx, input }) => changeRebalancing(ctx, ctx.workspace, input, new Date())),
  // Runs change while people look at them.
  runs: allowed("plans:read")
    .input(RebalancingRunsInput)
    .output(RebalancingRunList)
    .query(({ ctx, input }) => listRuns(ctx.store, input.limit)),
  show: allowed("plans:read")
    .input(OneRebalancingRun)
    .output(RebalancingRun)
    .query(async ({ ctx, input }) => describeRun(await findRun(ctx.store, input.id))),
  outcomes: allowed("plans:read", "decisions")
    .output(RebalancingOutcomes)
    .query(({ ctx }) => fetchOutcomes(ctx, new Date())),
  start: allowed("rebalancing:run")
    .input(StartRebalancing)
    .output(RebalancingRun)
    .mutation(async ({ ctx, input }) => {
      const { row } = await queueRun(ctx.store, ctx.workspace, {
        ...{ trigger: "person", actor: ctx.actor, starterName: ctx.member.name, ...input },
      });
      return describeRun(row);
    }),
  cancel: allowed("rebalancing:run")
    .input(OneRebalancingRun)
    .output(RebalancingRun)
    .mutation(async ({ ctx, input }) => describeRun(await cancelRun(ctx, input.id, new Date(), ctx.member.name))),
});
