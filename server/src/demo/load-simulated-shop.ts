import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { workspaceExtent } from "@touchline/sql";
import { type ImportProgress, importFile, parseMapping } from "../ingest/index.ts";
import { UserError } from "../user-error.ts";
import { VERSION } from "../version.ts";
import type { Workspace } from "../workspace.ts";
import { writeSimulatedShop } from "./simulated-shop.ts";

const SEED = 2026;

interface LoadOptions {
  /** Where truth.json stays and the passing files are made. */
  readonly folder: string;
  readonly spoolFolder: string;
  readonly people?: number;
  readonly say: (text: string) => void;
  readonly onProgress: (label: string, share: number | null) => void;
}

/** Written last: a shop that was cut off while it was loaded is loaded again (what is there already is recognised). */
const MARKER = "loaded.json";

export function isShopLoaded(folder: string): boolean {
  const marker = join(folder, MARKER);
  return existsSync(marker) && (JSON.parse(readFileSync(marker, "utf8")) as { seed?: number }).seed === SEED;
}

/**
 * Simulates the shop, imports its files like anybody's, and keeps the truth beside the data.
 * @throws UserError when the workspace holds data of somebody's own
 */
export async function loadSimulatedShop(workspace: Workspace, options: LoadOptions): Promise<void> {
  const { folder, spoolFolder, say, onProgress } = options;
  const settings = await workspace.settings();
  const extent = await workspace.warehouse.askOne(workspaceExtent, { timeZone: settings.timeZone });
  if (!settings.simulated && extent.touchpoints + extent.conversions + extent.spend > 0) {
    throw new UserError(
      "this data folder holds data of your own: the simulated shop goes elsewhere; choose a folder with --data",
    );
  }
  await workspace.changeSettings({ simulated: true, timeZone: "Europe/Paris", currency: "EUR" });
  say("Simulating a year of a shop …\n");
  const files = await writeSimulatedShop(
    folder,
    { seed: SEED, ...(options.people === undefined ? {} : { people: options.people }) },
    (share) => onProgress("Simulating", share),
  );
  for (const kind of ["touchpoints", "spend", "conversions"] as const) {
    const report = await importFile(workspace, {
      kind,
      path: files[kind],
      name: `${kind}.csv`,
      spoolFolder,
      mapping: parseMapping(kind, { map: [], replace: [], where: [] }),
      onProgress: ({ share }: ImportProgress) => onProgress(`Importing ${kind}`, share),
    });
    say(`Imported ${report.stored.toLocaleString("en-US")} rows of ${kind}.\n`);
    rmSync(files[kind]);
  }
  writeFileSync(join(folder, MARKER), `${JSON.stringify({ seed: SEED, version: VERSION })}\n`);
}
