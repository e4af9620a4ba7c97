import { AuditCheck, AuditInput, AuditPage } from "../contract/index.ts";
import { allowed, router } from "../trpc.ts";
import { readAudit } from "./read-entries.ts";
import { verifyAudit } from "./verify-chain.ts";

export const auditRouter = router({
  entries: allowed("audit:read")
    .input(AuditInput)
    .output(AuditPage)
    .query(({ ctx, input }) => readAudit(ctx.store, input)),
  verify: allowed("audit:read")
    .output(AuditCheck)
    .query(({ ctx }) => verifyAudit(ctx.store)),
});
