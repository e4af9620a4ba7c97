export { AUDIT_FORMATS, auditLines } from "./export-lines.ts";
export { auditExportRouter } from "./export-router.ts";
export { readAudit } from "./read-entries.ts";
export { readyToRecord, recordAct } from "./record-act.ts";
export { verifyAudit } from "./verify-chain.ts";
