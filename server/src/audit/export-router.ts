import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type Request, type Response, Router } from "express";
import type { Right } from "../contract/index.ts";
import type { Actor, WorkspaceStore } from "../store/index.ts";
import { AUDIT_FORMATS, type AuditFormat, auditLines } from "./export-lines.ts";

/**
 * Proves that the request is a member's whose role has the right.
 * @throws TRPCError otherwise
 */
export type RequireMember = (
  request: Request,
  workspaceName: string,
  right: Right,
) => Promise<{ readonly store: WorkspaceStore; readonly actor: Actor }>;

const TYPES: Readonly<Record<AuditFormat, string>> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** `GET /export/WORKSPACE/audit.csv` and `.ndjson`: the whole audit as a download. That somebody took it stands in it. */
export function auditExportRouter(requireMember: RequireMember): Router {
  const router = Router();
  router.get("/export/:workspace/audit.:format", async (request, response, next) => {
    const { workspace, format: asked } = request.params;
    const format = AUDIT_FORMATS.find((each) => each === asked);
    if (format === undefined) return void next();
    try {
      const { store, actor } = await requireMember(request, workspace, "audit:read");
      const subject = { kind: "workspace", id: store.workspaceId };
      await store.audit({ actor, action: "audit.export", subject, after: { format } });
      await send(store, format, response);
    } catch (error) {
      if (!(error instanceof TRPCError) || response.headersSent) return void next(error);
      response.status(getHTTPStatusCodeFromError(error)).type("text/plain").send(`${error.message}\n`);
    }
  });
  return router;
}

async function send(store: WorkspaceStore, format: AuditFormat, response: Response): Promise<void> {
  response.set({
    "Content-Type": TYPES[format],
    "Content-Disposition": `attachment; filename="audit-${store.workspaceId}.${format}"`,
    "Cache-Control": "no-store",
  });
  try {
    await pipeline(Readable.from(auditLines(store, format)), response);
  } catch (error) {
    // Whoever left in the middle has what they wanted; anything else breaks the download, so that half of it is not taken for all.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
}
