import type { WarehouseLocation } from "../engine-clients.ts";
import { EngineError } from "../engine-error.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { lastImport } from "./imports.ts";
import type { ImportKind } from "./layouts.ts";
import { dropStaging } from "./move.ts";
import { createStaging, keepStagedParts, landsInPlace } from "./stage.ts";

/** By open folder: the number that was taken last. Nobody but this process takes any there. */
const taken = new WeakMap<WarehouseLocation, number>();

/**
 * Takes a number for an import, larger than that of every import so far, and makes its empty staging table. Several processes
 * may import into one server: making the table is the claim, because only one of them can, and a claim holds only if no
 * other process has meanwhile used the number and put its table away.
 * @param isSmall true where what will be staged is written at once, so that no parts of it could be merged
 */
export async function claimImport(
  warehouse: WorkspaceWarehouse,
  kind: ImportKind,
  { isSmall = false } = {},
): Promise<number> {
  const importId =
    warehouse.engine.location.kind === "folder"
      ? await takeInFolder(warehouse, kind)
      : await takeOnServer(warehouse, kind);
  if (landsInPlace(kind) && !isSmall) await warehouse.engine.run("keep-staged-parts", keepStagedParts(importId));
  return importId;
}

async function takeInFolder(warehouse: WorkspaceWarehouse, kind: ImportKind): Promise<number> {
  const { engine } = warehouse;
  const { location } = engine;
  if (!taken.has(location)) {
    const { importId } = await warehouse.askOne(lastImport, {});
    if (!taken.has(location)) taken.set(location, importId);
  }
  const importId = taken.get(location)! + 1;
  taken.set(location, importId);
  await engine.run("claim-import", createStaging(engine, kind, importId));
  return importId;
}

async function takeOnServer(warehouse: WorkspaceWarehouse, kind: ImportKind): Promise<number> {
  let importId = 0;
  for (;;) {
    importId = Math.max(importId, (await warehouse.askOne(lastImport, {})).importId) + 1;
    try {
      await warehouse.engine.run("claim-import", createStaging(warehouse.engine, kind, importId));
    } catch (error) {
      if (error instanceof EngineError && error.code === "TABLE_ALREADY_EXISTS") continue;
      throw error;
    }
    if ((await warehouse.askOne(lastImport, {})).importId < importId) return importId;
    await dropStaging(warehouse, importId);
  }
}
