import { createHash, timingSafeEqual } from "node:crypto";
import { type Request, type RequestHandler, type Response, Router } from "express";
import type { Metrics } from "../operations/index.ts";
import { isFromHere } from "./request-context.ts";

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

/** Who may read: whoever has the token; where there is none, this machine alone, and not through a proxy. */
function mayRead(request: Request, token: string | undefined): boolean {
  if (token === undefined) return isFromHere(request);
  const given = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

/** The pattern of the address that answered, never the address itself. */
function routeOf(request: Request): string {
  if (request.originalUrl.startsWith("/trpc/")) return "/trpc";
  const path: unknown = request.route?.path;
  return typeof path === "string" ? path : "other";
}

/** Tells the metrics of every request once its answer is written. */
export function timeRequests(metrics: () => Metrics | null): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once("finish", () => {
      const seconds = (performance.now() - began) / 1_000;
      metrics()?.observeRequest(request.method, routeOf(request), response.statusCode, seconds);
    });
    next();
  };
}

/** `GET /metrics` in the text format of Prometheus. */
export function metricsRoute(metrics: () => Metrics | null, token: string | undefined): Router {
  const router = Router();
  router.get("/metrics", async (request: Request, response: Response) => {
    const open = metrics();
    if (!mayRead(request, token)) {
      const how =
        "Metrics: send the token of TOUCHLINE_METRICS_TOKEN as a bearer, or ask from this machine where none is set.\n";
      response.status(403).type("text/plain").send(how);
      return;
    }
    const answer = await open?.text().catch(() => null);
    response.set("Cache-Control", "no-store");
    if (answer === undefined || answer === null)
      response.status(503).type("text/plain").send("The figures cannot be read now: /readyz says why.\n");
    else response.set("Content-Type", answer.type).send(answer.body);
  });
  return router;
}
