import { WarehouseAway } from "@touchline/sql";
import { type NextFunction, type Request, type Response, Router } from "express";
import { log } from "../log.ts";
import { rebalanceByKeyRouter } from "../rebalancing/index.ts";
import { reportsByKeyRouter } from "../reports/index.ts";
import { sentenceIn, somethingWentWrong } from "./public-error.ts";
import { requestIdOf } from "./request-id.ts";
import { type RequireScope, refuse } from "./require-scope.ts";

/** What machines ask for with a key, beside sending events: each address names the scope that opens it. */
export function machineRoutes(requireScope: RequireScope): Router {
  const router = Router();
  router.use(rebalanceByKeyRouter(requireScope));
  router.use(reportsByKeyRouter(requireScope));
  router.use("/v1", explain);
  return router;
}

/** Machines read JSON, whatever went wrong. */
function explain(error: unknown, request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return void next(error);
  const sentence = sentenceIn(error);
  if (sentence instanceof WarehouseAway) return void refuse(response, 503, sentence.message, 5);
  if (sentence !== null) return void refuse(response, 400, sentence.message);
  const { status } = error as { status?: number };
  if (status !== undefined && status < 500) return void refuse(response, status, "this request cannot be read");
  log.error({ err: error, request: requestIdOf(response), path: request.path }, "a request of a machine failed");
  refuse(response, 500, somethingWentWrong(requestIdOf(response)));
}
