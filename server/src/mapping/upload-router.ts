import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type Request, type Response, Router } from "express";
import { LARGEST_UPLOAD_BYTES, type Right } from "../contract/index.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { keepUpload, tooLarge, UploadTooLarge } from "./uploads.ts";

/**
 * Proves that the request is a member's whose role has the right.
 * @throws TRPCError otherwise
 */
export type RequireSender = (
  request: Request,
  workspaceName: string,
  right: Right,
) => Promise<{ readonly store: WorkspaceStore; readonly member: { readonly id: string } }>;

/** Files that one person sends at the same time. */
const AT_ONCE = 2;

const refuse = (response: Response, status: number, sentence: string) =>
  void response.status(status).set("Connection", "close").type("text/plain").send(`${sentence}\n`);

/** `POST /upload/WORKSPACE?name=FILE`: the bytes of one file. The answer is the id under which its sender finds it for a day. */
export function uploadRouter(requireSender: RequireSender, spoolFolder: () => string): Router {
  const router = Router();
  const underway = new Map<string, number>();
  router.post("/upload/:workspace", async (request, response, next) => {
    const { name } = request.query;
    try {
      const { store, member } = await requireSender(request, request.params.workspace, "data:import");
      if (request.get("content-type") !== "application/octet-stream")
        return refuse(response, 415, "a file is sent as application/octet-stream");
      if (Number(request.get("content-length") ?? 0) > LARGEST_UPLOAD_BYTES) return refuse(response, 413, tooLarge());
      const running = underway.get(member.id) ?? 0;
      if (running >= AT_ONCE) return refuse(response, 429, "two of your files are on their way: wait for one of them");
      underway.set(member.id, running + 1);
      try {
        const owner = { spoolFolder: spoolFolder(), workspaceId: store.workspaceId, userId: member.id };
        const { id, bytes } = await keepUpload(owner, typeof name === "string" ? name : "", request);
        response.set("Cache-Control", "no-store").json({ id, bytes });
      } finally {
        leave(underway, member.id);
      }
    } catch (error) {
      if (response.headersSent || request.destroyed) return void response.destroy();
      if (error instanceof TRPCError) return refuse(response, getHTTPStatusCodeFromError(error), error.message);
      if (error instanceof UploadTooLarge) return refuse(response, 413, error.message);
      if (error instanceof UserError) return refuse(response, 400, error.message);
      next(error);
    }
  });
  return router;
}

function leave(underway: Map<string, number>, id: string): void {
  const left = (underway.get(id) ?? 1) - 1;
  if (left === 0) underway.delete(id);
  else underway.set(id, left);
}
