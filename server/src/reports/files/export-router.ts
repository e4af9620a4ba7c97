import { TRPCError } from "@trpc/server";
import { getHTTPStatusCodeFromError } from "@trpc/server/http";
import { type Request, type Response, Router } from "express";
import { ReportFormat, type Right, type RoiReport } from "../../contract/index.ts";
import { sentenceIn } from "../../http/public-error.ts";
import type { WorkspaceStore } from "../../store/index.ts";
import type { Workspace } from "../../workspace.ts";
import { closedReport } from "../closing/index.ts";
import { buildRoiReport } from "../roi/index.ts";
import { readLocale, readMonth, readQuery, sendReport } from "./ask-for-report.ts";

/** What downloads of people need of the server. */
export interface ReportDoors {
  /**
   * Proves that the request is a member's whose role has the right.
   * @throws TRPCError otherwise
   */
  requireMember(
    request: Request,
    workspaceName: string,
    right: Right,
  ): Promise<{ readonly store: WorkspaceStore; readonly member: { readonly id: string } }>;
  openWorkspace(name: string): Promise<Workspace>;
  inTurn<T>(userId: string, work: () => Promise<T>): Promise<T>;
}

/**
 * `GET /export/WORKSPACE/reports/roi.pdf?from=…&to=…` and `/export/WORKSPACE/reports/closed/2026-10.pdf`, each as csv, xlsx or pdf: the
 * report as a download. A closed month is written from what was frozen with it.
 */
export function reportExportRouter(doors: ReportDoors): Router {
  const router = Router();
  const answer =
    (find: (request: Request, workspace: Workspace, store: WorkspaceStore) => Promise<RoiReport>) =>
    async (request: Request, response: Response, next: (error?: unknown) => void) => {
      const format = ReportFormat.safeParse(request.params.format);
      if (!format.success) return void next();
      try {
        const { store, member } = await doors.requireMember(request, String(request.params.workspace), "results:read");
        const locale = readLocale(request.query);
        const workspace = await doors.openWorkspace(store.workspaceId);
        const send = async () =>
          sendReport(await find(request, workspace, store), { format: format.data, locale }, request, response);
        await doors.inTurn(member.id, send);
      } catch (error) {
        if (response.headersSent) return void next(error);
        const sentence = sentenceIn(error);
        if (sentence !== null) return void refuse(response, 400, sentence.message);
        if (!(error instanceof TRPCError)) return void next(error);
        refuse(response, getHTTPStatusCodeFromError(error), error.message);
      }
    };
  router.get(
    "/export/:workspace/reports/roi.:format",
    answer((request, workspace, store) => buildRoiReport(workspace, store, readQuery(request.query).input, new Date())),
  );
  router.get(
    "/export/:workspace/reports/closed/:month.:format",
    answer((request, _, store) => closedReport(store, readMonth(request.params.month))),
  );
  return router;
}

const refuse = (response: Response, status: number, sentence: string) =>
  response.status(status).type("text/plain").send(`${sentence}\n`);
