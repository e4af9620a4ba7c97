import { z } from "zod";
import {
  CompareScenarios,
  RemoveScenario,
  RenameScenario,
  SaveScenario,
  Scenario,
  ScenarioComparison,
  ScenarioList,
  ScenarioSummary,
} from "../../contract/index.ts";
import { allowed, router } from "../../trpc.ts";
import { compareScenarios, listScenarios, removeScenario, renameScenario, saveScenario } from "./scenarios.ts";

export const scenariosRouter = router({
  list: allowed("plans:read")
    .output(ScenarioList)
    .query(({ ctx }) => listScenarios(ctx.workspace)),
  save: allowed("scenarios:change")
    .input(SaveScenario)
    .output(Scenario)
    .mutation(({ ctx, input }) => saveScenario(ctx.workspace, input, ctx.actor)),
  compare: allowed("plans:read")
    .input(CompareScenarios)
    .output(ScenarioComparison)
    .query(({ ctx, input }) => compareScenarios(ctx.workspace, input)),
  rename: allowed("scenarios:change")
    .input(RenameScenario)
    .output(ScenarioSummary)
    .mutation(({ ctx, input }) => renameScenario(ctx.workspace, input.id, input.name, ctx.actor)),
  remove: allowed("scenarios:change")
    .input(RemoveScenario)
    .output(z.object({ id: z.string(), name: z.string() }))
    .mutation(({ ctx, input }) => removeScenario(ctx.workspace, input.id, ctx.actor)),
});
