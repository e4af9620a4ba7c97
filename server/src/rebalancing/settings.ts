import { DEFAULT_REBALANCING, type RebalancingSchedule, RebalancingSettings } from "../contract/index.ts";
import { type Actor, rebalancingSettings, type WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";
import { nextDues, periodAt, requireSchedule } from "./schedule/due-times.ts";

const TIMES_SHOWN = 3;

/** As they stand; the defaults where nobody has changed any, and for whatever an older version did not know. */
export async function settingsOf(store: WorkspaceStore): Promise<RebalancingSettings> {
  const [row] = await store.select(rebalancingSettings);
  return row === undefined ? DEFAULT_REBALANCING : RebalancingSettings.parse(row.settings);
}

/** The settings, and when they let it run. */
export async function readRebalancing(
  store: WorkspaceStore,
  workspace: Workspace,
  now: Date,
): Promise<RebalancingSchedule> {
  const [settings, { timeZone }] = await Promise.all([settingsOf(store), workspace.settings()]);
  const { schedule } = settings;
  return {
    ...{ settings, timeZone, period: periodAt(schedule, timeZone, now) },
    next: nextDues(schedule, timeZone, now, TIMES_SHOWN).map((due) => due.toISOString()),
  };
}

/** @throws UserError where the schedule is none; nothing is changed then */
export async function changeRebalancing(
  { store, actor }: { readonly store: WorkspaceStore; readonly actor: Actor },
  workspace: Workspace,
  settings: RebalancingSettings,
  now: Date,
): Promise<RebalancingSchedule> {
  requireSchedule(settings.schedule, (await workspace.settings()).timeZone, now);
  await store.transaction(async (tx) => {
    const before = await settingsOf(tx);
    await tx.put(rebalancingSettings, { settings, updatedBy: actor.name, updatedAt: now }, []);
    const subject = { kind: "workspace", id: tx.workspaceId };
    await tx.audit({ actor, action: "rebalancing.change-settings", subject, before, after: settings });
  });
  return readRebalancing(store, workspace, now);
}
