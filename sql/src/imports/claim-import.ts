import { EngineError } from "../engine-error.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { lastImport } from "./imports.ts";
import type { ImportKind } from "./layouts.ts";
import { dropStaging } from "./move.ts";
import { createStaging, keepStagedParts, landsInPlace } from "./stage.ts";

/**
 * Takes a number for an import, larger than that of every import so far, and makes its empty staging table. Several processes
 * may import into one server: making the table is the claim, because only one of them can, and a claim holds only if no
 * other process has meanwhile used the number and put its table away.
 */
export async function claimImport(warehouse: WorkspaceWarehouse, kind: ImportKind): Promise<number> {
  let importId = 0;
  for (;;) {
    importId = Math.max(importId, (await warehouse.askOne(lastImport, {})).importId) + 1;
    try {
      await warehouse.engine.run("claim-import", createStaging(warehouse.engine, kind, importId));
    } catch (error) {
      if (error instanceof EngineError && error.code === "TABLE_ALREADY_EXISTS") continue;
      throw error;
    }
    if ((await warehouse.askOne(lastImport, {})).importId < importId) {
      if (landsInPlace(kind)) await warehouse.engine.run("keep-staged-parts", keepStagedParts(importId));
      return importId;
    }
    await dropStaging(warehouse, importId);
  }
}
