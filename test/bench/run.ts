import { cpus } from "node:os";
import { benchAllocation } from "./allocation.ts";
import { benchDashboard } from "./dashboard.ts";
import { benchFileImport } from "./file-import.ts";
import { benchHttpEvents } from "./http-events.ts";
import { benchIncrementalModel } from "./incremental-model.ts";
import { benchJourneyModels } from "./journey-models.ts";
import { benchLinearEngines } from "./linear-engines.ts";
import { benchScale } from "./scale.ts";
import { benchSeriesModel } from "./series-model.ts";
import { benchTenMillion } from "./ten-million-touchpoints.ts";
import { benchWeeksAndDraws } from "./weeks-and-draws.ts";

const BENCHES = {
  import: benchFileImport,
  http: benchHttpEvents,
  journeys: benchTenMillion,
  models: benchJourneyModels,
  incremental: benchIncrementalModel,
  series: benchSeriesModel,
  plans: benchAllocation,
  linear: benchLinearEngines,
  weeks: benchWeeksAndDraws,
  dashboard: benchDashboard,
  scale: benchScale,
};
/** Takes most of an hour and 30 GB of disk: only where it is named. */
const ONLY_NAMED = ["scale"];

/** Prints figures for this machine: `npm run bench`, or one of them: `npm run bench -- import`. Benchmarks are not tests; the dashboard and the scale have targets, and misses of them are told by the exit code. */
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"})\n\n`);
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 ? !ONLY_NAMED.includes(name) : wanted.includes(name))
    await bench((line) => process.stdout.write(`${line}\n`));
}
