import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { runTouchline } from "../../support/process.ts";
import { writeMarket } from "../incremental-model.ts";
import { type SizeFigures, type Stage, StageAnswer, type StageFigures, together } from "./figures.ts";

const STAGE = fileURLToPath(new URL("stage.ts", import.meta.url));

/** One command in a process of its own. @throws Error with what it has said when it fails */
async function runStage(folder: string, argv: readonly string[]): Promise<z.infer<typeof StageAnswer>> {
  const file = join(folder, "stage.json");
  const program = ["--import", "tsx", STAGE, file, join(folder, "data")];
  const { exitCode, stderr } = await runTouchline(argv, { program });
  if (exitCode !== 0) throw new Error(`${argv.join(" ")}: ${stderr.slice(-2_000)}`);
  return StageAnswer.parse(JSON.parse(readFileSync(file, "utf8")));
}

function bytesBelow(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((bytes, entry) => bytes + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/**
 * A year of a market of so many touchpoints from files to credit, each stage by the public command in a process of its own.
 * @throws Error where the credited conversions are not the imported ones
 */
export async function measureSize(
  touchpoints: number,
  told: (stage: Stage, figures: StageFigures) => void,
): Promise<SizeFigures> {
  const folder = mkdtempSync(join(tmpdir(), "touchline-scale-"));
  mkdirSync(join(folder, "data"));
  const stages = {} as Record<Stage, StageFigures>;
  const keep = (stage: Stage, figures: StageFigures) => {
    stages[stage] = figures;
    told(stage, figures);
  };
  try {
    const imports: StageFigures[] = [];
    for (const [kind, path] of Object.entries(await writeMarket(folder, touchpoints))) {
      imports.push((await runStage(folder, ["import", kind, path])).figures);
      rmSync(path);
    }
    keep("import", together(imports));
    keep("journeys", (await runStage(folder, ["journeys", "--json"])).figures);
    keep("incremental", (await runStage(folder, ["attribute", "--model", "incremental", "--json"])).figures);
    const credit = await runStage(folder, ["attribute", "--model", "markov", "--json"]);
    keep("data-driven credit", credit.figures);
    const { totals } = JSON.parse(credit.stdout) as { totals: { conversions: number } };
    return { touchpoints, conversions: totals.conversions, folderBytes: bytesBelow(join(folder, "data")), stages };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
