import { createHash, timingSafeEqual } from "node:crypto";
import { type Request, type Response, Router } from "express";
import type { Supervision } from "../operations/index.ts";
import { isFromHere } from "./request-context.ts";

const digest = (text: string) => createHash("sha256").update(text).digest();

/** @returns why this request gets no metrics; null where it does */
function refusalOf(request: Request, token: string | undefined): { status: 401 | 403; sentence: string } | null {
  if (token === undefined) {
    if (isFromHere(request)) return null;
    const sentence =
      "Metrics are for this machine itself; for others set TOUCHLINE_METRICS_TOKEN and send it as Bearer.";
    return { status: 403, sentence };
  }
  const said = /^Bearer (.+)$/.exec(request.get("authorization") ?? "")?.[1] ?? "";
  if (timingSafeEqual(digest(said), digest(token))) return null;
  return { status: 401, sentence: "Metrics need the token of TOUCHLINE_METRICS_TOKEN: Authorization: Bearer …" };
}

async function sendMetrics({ metrics, metricsToken }: Supervision, request: Request, response: Response) {
  const refusal = refusalOf(request, metricsToken);
  if (refusal !== null) {
    if (refusal.status === 401) response.set("WWW-Authenticate", "Bearer");
    return void response.status(refusal.status).type("text/plain").send(`${refusal.sentence}\n`);
  }
  response
    .set("Cache-Control", "no-store")
    .set("Content-Type", metrics.contentType)
    .send(await metrics.text());
}

/** `/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: figures for Prometheus. */
export function supervisionRouter(supervision: Supervision): Router {
  const router = Router();
  router.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  router.get("/readyz", async (_request, response) => {
    const readiness = await supervision.readiness.ask();
    response
      .status(readiness.status === "ready" ? 200 : 503)
      .set("Cache-Control", "no-store")
      .json(readiness);
  });
  router.get("/metrics", (request, response) => sendMetrics(supervision, request, response));
  return router;
}
