export { type BackupReport, backUp } from "./back-up.ts";
export { findBackup, listBackupIds, type Manifest } from "./manifest.ts";
export { finishMove, type MovedTables, moveToServers } from "./move.ts";
export { faultsOf, restore } from "./restore.ts";
