import type { RebalancingSettings } from "../contract/index.ts";
import type { WorkspaceStore } from "../store/index.ts";
import type { Workspace } from "../workspace.ts";

/** What every step of a run knows. Time is passed in: nothing under this folder asks the clock by itself. */
export interface RunContext {
  readonly workspace: Workspace;
  readonly store: WorkspaceStore;
  /** As they were when the run began. */
  readonly settings: RebalancingSettings;
  readonly now: Date;
  /** The newest run before this one that came as far as a plan; null for the first. */
  readonly last: { readonly id: string; readonly attributionRun: string; readonly endedAt: Date } | null;
}
