import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { and, eq } from "drizzle-orm";
import { type Request, Router } from "express";
import { ActivationFormat, type Right } from "../contract/index.ts";
import { type Actor, activations, proposals, type WorkspaceStore } from "../store/index.ts";
import { campaignCells, writeActivationFile } from "./files/index.ts";

/**
 * Proves that the request is a member's whose role has the right.
 * @throws TRPCError otherwise
 */
type RequireMember = (
  request: Request,
  workspaceName: string,
  right: Right,
) => Promise<{ readonly store: WorkspaceStore; readonly actor: Actor }>;

/**
 * `GET /export/WORKSPACE/activation/PROPOSAL/FORMAT`: an approved plan as a file for a platform. That somebody took it stands in the audit;
 * that it reached the platform is theirs to say.
 */
export function activationExportRouter(requireMember: RequireMember): Router {
  const router = Router();
  router.get("/export/:workspace/activation/:proposalId/:format", async (request, response, next) => {
    const { workspace, proposalId, format: asked } = request.params;
    const format = ActivationFormat.safeParse(asked);
    if (!format.success) return void next();
    try {
      const { store, actor } = await requireMember(request, workspace, "plans:activate");
      const { name, type, body } = await exportActivation(store, actor, proposalId, format.data);
      response.set({
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name}"`,
        "Cache-Control": "no-store",
      });
      response.send(Buffer.from(body));
    } catch (error) {
      if (!(error instanceof TRPCError) || response.headersSent) return void next(error);
      response.status(getHTTPStatusCodeFromError(error)).type("text/plain").send(`${error.message}\n`);
    }
  });
  return router;
}

/** The file, and an entry in the audit that it was taken. @throws TRPCError where there is no such approved plan */
export async function exportActivation(
  store: WorkspaceStore,
  actor: Actor,
  proposalId: string,
  format: ActivationFormat,
) {
  const [proposal] = await store.select(proposals, and(eq(proposals.id, proposalId), eq(proposals.state, "approved"))!);
  if (proposal === undefined)
    throw new TRPCError({ code: "NOT_FOUND", message: "there is no such approved plan in this workspace" });
  const rows = await store.select(activations, eq(activations.proposalId, proposalId));
  const cells = await campaignCells(
    store,
    rows.sort((a, b) => (a.channel < b.channel ? -1 : 1)),
  );
  const about = { proposalId, name: proposal.name, currency: proposal.plan.currency };
  const file = writeActivationFile(format, cells, about);
  const subject = { kind: "proposal", id: proposalId };
  await store.audit({ actor, action: "activation.export", subject, before: null, after: { format } });
  return file;
}
