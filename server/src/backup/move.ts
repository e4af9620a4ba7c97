import { rmSync } from "node:fs";
import { join } from "node:path";
import { EngineError, WarehouseUnavailable, withoutSecret } from "@touchline/sql";
import { type House, MOVING, markMoved } from "../house/index.ts";
import type { Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { backUp, type Told } from "./back-up.ts";
import type { Manifest } from "./manifest.ts";
import { fill } from "./restore.ts";

/** Servers that take what a data folder holds. */
export interface MoveTarget {
  readonly serverUrl: string;
  /** Unset: accounts, plans and the audit stay in the folder. */
  readonly databaseUrl?: string | undefined;
}

/**
 * Copies the events of a data folder, and its accounts where a database is named for them, to servers, compares both sides, and marks the
 * folder as moved. Until then the folder is as it was, and held; stopped in the middle it is run again.
 * @param house embedded; it stays open, so that nobody writes into the folder meanwhile
 * @param store null where there are no accounts, or they stay
 * @throws UserError when a server holds something else, cannot be reached, or has other rows afterwards
 */
export async function moveToServers(
  house: House,
  store: Store | null,
  target: MoveTarget,
  told: Told,
): Promise<Manifest> {
  const { dataFolder } = house;
  const folder = join(dataFolder, MOVING);
  rmSync(folder, { recursive: true, force: true });
  try {
    const { backup } = await backUp(house, store, folder, told);
    await fill(folder, backup, { dataFolder, ...target, mayBeFilled: true }, told);
    markMoved(dataFolder, {
      at: backup.at,
      events: withoutSecret(target.serverUrl),
      accounts: target.databaseUrl === undefined ? null : withoutSecret(target.databaseUrl),
    });
    return backup;
  } catch (error) {
    if (error instanceof WarehouseUnavailable) throw new UserError(error.message, { cause: error });
    if (!(error instanceof EngineError)) throw error;
    const [reason] = error.message.split("\n");
    throw new UserError(`the data was not moved: ${reason}; the folder is as it was: put that right and run it again`, {
      cause: error,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
