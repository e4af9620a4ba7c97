import { Router } from "express";
import { machineOf, type RequireScope } from "../../http/require-scope.ts";
import { UserError } from "../../user-error.ts";
import { buildRoiReport } from "../roi/index.ts";
import { ANSWER_FORMATS, AnswerFormat, readQuery, sendReport } from "./ask-for-report.ts";

/** `GET /v1/reports/roi?from=…&to=…&format=json|csv|xlsx|pdf`: the report of the workspace whose key it is. */
export function reportsByKeyRouter(requireScope: RequireScope): Router {
  const router = Router();
  router.get("/v1/reports/roi", requireScope("reports:read"), async (request, response) => {
    const { format: asked, ...query } = request.query;
    const format = AnswerFormat.safeParse(asked ?? "json");
    if (!format.success) throw new UserError(`format: one of ${ANSWER_FORMATS.join(", ")}`);
    const { input, locale } = readQuery(query);
    const workspace = await machineOf(response).workspace();
    const report = await buildRoiReport(workspace, await workspace.store.open(), input, new Date());
    await sendReport(report, { format: format.data, locale }, request, response);
  });
  return router;
}
