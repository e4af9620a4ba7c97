import type { NextFunction, Request, Response } from "express";
import type { Supervision } from "../operations/index.ts";
import { requestIdOf } from "./request-id.ts";

/** First parts of addresses that are told apart; whatever else is asked for is the dashboard's page. */
const AREAS: ReadonlySet<string> = new Set([
  "trpc",
  "auth",
  "export",
  "upload",
  "assets",
  "healthz",
  "readyz",
  "metrics",
  "t.js",
]);
const MACHINES: ReadonlySet<string> = new Set([
  "touchpoints",
  "spend",
  "conversions",
  "identities",
  "collect",
  "rebalance",
  "reports",
]);

/** Where a request goes, in as many words as the code knows: addresses that somebody makes up are all one. */
export function routeOf(path: string): string {
  const [, area = "", part = ""] = path.split("/");
  if (area === "v1") return MACHINES.has(part) ? `/v1/${part}` : "/v1";
  return AREAS.has(area) ? `/${area}` : "/";
}

/** Times every request until its answer is sent or its client gone, and traces it where somebody asked for that. */
export function timeRequests({ metrics, tracing }: Supervision) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { method, headers } = request;
    const route = routeOf(request.path);
    const ends = metrics.requestBegins(route, method);
    response.once("close", () => ends(response.statusCode));
    if (tracing === undefined) next();
    else {
      const endsTrace = tracing.requestBegins({ route, method, id: requestIdOf(response), headers }, next);
      response.once("close", () => endsTrace(response.statusCode));
    }
  };
}
