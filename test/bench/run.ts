import { cpus } from "node:os";
import { benchAllocation } from "./allocation.ts";
import { benchCluster } from "./cluster.ts";
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
  cluster: benchCluster,
};
/** Only where they are named: the first takes most of an hour and 30 GB of disk, the other needs Python. */
const ONLY_NAMED = ["scale", "cluster"];

/** Prints figures for this machine: `npm run bench`, or one of them: `npm run bench -- import`. Benchmarks are not tests; the dashboard, the scale and the cluster have targets, and misses of them are told by the exit code. */
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"})\n\n`);
const wanted = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length === 0 ? !ONLY_NAMED.includes(name) : wanted.includes(name))
    await bench((line) => process.stdout.write(`${line}\n`));
}
