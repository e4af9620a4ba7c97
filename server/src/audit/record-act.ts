import type { Actor, NewAuditEntry } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Tells the audit what was done outside the store, to the data or to settings. Open the store before the change (`readyToRecord`): a
 * change that could not be told of is not made.
 */
export async function recordAct(
  workspace: Workspace,
  actor: Actor,
  action: string,
  subject: NewAuditEntry["subject"],
  before?: unknown,
  after?: unknown,
): Promise<void> {
  await (await workspace.store.open()).audit({ actor, action, subject, before, after });
}

/** @throws UserError when the audit cannot be had */
export async function readyToRecord(workspace: Workspace): Promise<void> {
  await workspace.store.open();
}
