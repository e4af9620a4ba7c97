import { eq } from "drizzle-orm";
import { Router } from "express";
import { machineOf, type RequireScope, refuse } from "../http/require-scope.ts";
import { rebalancingRuns } from "../store/index.ts";
import { describeRun } from "./runs/list-runs.ts";
import { queueRun } from "./runs/queue-run.ts";

/**
 * `POST /v1/rebalance`: the run of this period, 202 where it was begun by this request and 200 where it stood already.
 * `GET /v1/rebalance/:id`: that run, as far as it is. For schedulers outside; the key says which workspace.
 */
export function rebalanceByKeyRouter(requireScope: RequireScope): Router {
  const router = Router();
  router.post("/v1/rebalance", requireScope("rebalance"), async (_request, response) => {
    const { actor, workspace: open } = machineOf(response);
    const workspace = await open();
    const { row, isNew } = await queueRun(await workspace.store.open(), workspace, { trigger: "key", actor });
    const { id, period, state, outcome } = row;
    response
      .status(isNew ? 202 : 200)
      .set("Location", `/v1/rebalance/${id}`)
      .json({ id, period, state, outcome });
  });
  router.get("/v1/rebalance/:id", requireScope("rebalance"), async (request, response) => {
    const workspace = await machineOf(response).workspace();
    const store = await workspace.store.open();
    const [row] = await store.select(rebalancingRuns, eq(rebalancingRuns.id, String(request.params.id)));
    if (row === undefined) refuse(response, 404, "there is no such run of the rebalancing in this workspace");
    else response.json(describeRun(row));
  });
  return router;
}
