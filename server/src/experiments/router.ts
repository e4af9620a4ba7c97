import {
  AddedExperiment,
  AnalyseInput,
  DesignInput,
  ExperimentEntry,
  Experiments,
  GeoAnalysis,
  GeoDesignAnswer,
  GeoRegions,
  KeepAnalysisInput,
  TestSuggestions,
} from "../contract/index.ts";
import { acting, allowed, router } from "../trpc.ts";
import { addExperiment } from "./add-experiment.ts";
import { analyseExperiment } from "./analyse.ts";
import { designExperiment } from "./design.ts";
import { fetchExperiments } from "./list-experiments.ts";
import { fetchRegions } from "./regions.ts";
import { entryOf } from "./save-analysis.ts";
import { fetchSuggestions } from "./suggest.ts";

export const experimentsRouter = router({
  list: allowed("results:read", "results")
    .output(Experiments)
    .query(({ ctx }) => fetchExperiments(ctx.workspace)),
  suggest: allowed("results:read", "results")
    .output(TestSuggestions)
    .query(({ ctx }) => fetchSuggestions(ctx.workspace)),
  regions: allowed("results:read", "results")
    .output(GeoRegions)
    .query(({ ctx }) => fetchRegions(ctx.workspace)),
  design: allowed("results:read", "results")
    .input(DesignInput)
    .output(GeoDesignAnswer)
    .query(({ ctx, input }) => designExperiment(ctx.workspace, input)),
  analyse: allowed("results:read", "results")
    .input(AnalyseInput)
    .output(GeoAnalysis)
    .query(({ ctx, input }) => analyseExperiment(ctx.workspace, input)),
  add: acting("experiments:change", "experiments.add", "experiment")
    .input(ExperimentEntry)
    .output(AddedExperiment)
    .mutation(({ ctx, input }) => addExperiment(ctx.workspace, input, ctx.spoolFolder)),
  /** Works the result out again and keeps it: figures are never taken from a browser. */
  keep: acting("experiments:change", "experiments.keep-analysis", "experiment")
    .input(KeepAnalysisInput)
    .output(AddedExperiment)
    .mutation(async ({ ctx, input: { experimentId, method, analysis } }) => {
      const found = await analyseExperiment(ctx.workspace, analysis);
      const entry = entryOf(found, { experimentId, method, conversionType: analysis.conversionType });
      return addExperiment(ctx.workspace, entry, ctx.spoolFolder);
    }),
});
