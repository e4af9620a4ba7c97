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
import { procedure, router } from "../../trpc.ts";
import { compareScenarios, listScenarios, removeScenario, renameScenario, saveScenario } from "./scenarios.ts";

/** Who saved a scenario on the page; people have no accounts yet. */
const ON_THE_PAGE = "the dashboard";

export const scenariosRouter = router({
  list: procedure.output(ScenarioList).query(({ ctx }) => listScenarios(ctx.workspace)),
  save: procedure
    .input(SaveScenario)
    .output(Scenario)
    .mutation(({ ctx, input }) => saveScenario(ctx.workspace, input, ON_THE_PAGE)),
  compare: procedure
    .input(CompareScenarios)
    .output(ScenarioComparison)
    .query(({ ctx, input }) => compareScenarios(ctx.workspace, input)),
  rename: procedure
    .input(RenameScenario)
    .output(ScenarioSummary)
    .mutation(({ ctx, input }) => renameScenario(ctx.workspace, input.id, input.name)),
  remove: procedure
    .input(RemoveScenario)
    .output(z.object({ id: z.string(), name: z.string() }))
    .mutation(({ ctx, input }) => removeScenario(ctx.workspace, input.id)),
});
