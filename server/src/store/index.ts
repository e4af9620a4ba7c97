export { type Actor, type NewAuditEntry, NO_HASH } from "./audit-chain.ts";
export { StoreFull } from "./keep-room.ts";
export { STORE_MIGRATIONS } from "./migrations-up-to.ts";
export { type Database, openStore, type Store, type StoreLocation, type StoreTransaction } from "./open-store.ts";
export {
  type RebalancingOutcomes,
  rebalancingOutcomes,
  scheduledWorkspaces,
  unendedRuns,
} from "./rebalancing-of-all.ts";
export { workspacesWithReportMails } from "./report-schedules-of-all.ts";
export { isStoreUnfinished, STORE_RESTORE_MARK } from "./restore-mark.ts";
export * from "./schema/index.ts";
export { WorkspaceStore } from "./workspace-store.ts";
