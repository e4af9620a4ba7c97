import { unfinishedForgetting } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";
import { applyRetention } from "./apply-retention.ts";
import { forget } from "./forget.ts";

/** On a server another process may be at it: what it has not ended by then was stopped. */
const STOPPED_AFTER_SECONDS = 600;

/**
 * Ends erasures, withdrawals and retention whose process was stopped in the middle. A folder is open in this process alone, so whatever
 * was begun there is over.
 * @returns how many identifiers were still to be forgotten
 */
export async function finishForgetting(workspace: Workspace, place: "folder" | "server"): Promise<number> {
  const begun = await workspace.warehouse.ask(unfinishedForgetting, {});
  const stopped = begun.filter(({ secondsAgo }) => place === "folder" || secondsAgo > STOPPED_AFTER_SECONDS);
  for (const reason of ["erased", "withdrawn"] as const) {
    const own = stopped.filter((entry) => entry.reason === reason);
    if (own.length === 0) continue;
    const at = new Date(own[0]!.forgottenAt);
    await forget(workspace, { reason, hashes: own.map(({ hash }) => hash), at, identifier: null });
  }
  const aged = stopped.find(({ reason }) => reason === "aged");
  if (aged !== undefined) await applyRetention(workspace, new Date(aged.forgottenAt));
  return stopped.length;
}
