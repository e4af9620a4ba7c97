import express, { type NextFunction, type Request, type Response, Router } from "express";
import { IntakeBusy } from "../intake/index.ts";
import { UserError } from "../user-error.ts";
import { readEvents, UnreadableEvents } from "./events.ts";
import { sentScript } from "./sent-script.ts";
import { COLLECTED_KINDS, type CollectedKind, sortEvents } from "./sort-events.ts";
import { deviceOf, isAutomated } from "./user-agent.ts";

/** What the collector needs of the rest of the house. */
export interface CollectorDesk {
  /** Pages of these origins may send events; `*` stands for all. @throws UserError when there is no such workspace */
  describe(workspaceId: string): Promise<{ readonly origins: readonly string[]; readonly currency: string }>;
  /** The origins that any workspace has listed: a browser that asks first does not say for which one. */
  listedOrigins(): Promise<readonly string[]>;
  /** Resolves when the lines are durable. @throws IntakeBusy when nothing was stored */
  accept(workspaceId: string, kind: CollectedKind, lines: readonly Buffer[]): Promise<unknown>;
  /** Forgets who the visitor is, and keeps out what comes late under the id. */
  withdraw(workspaceId: string, visitorId: string): Promise<void>;
}

/** How much came and what became of it since the process began, for its metrics. */
export interface CollectorCounts {
  accepted: Record<CollectedKind, number>;
  withdrawals: number;
  /** Page views inside a visit, and links without consent. */
  passing: number;
  refused: Record<"automated" | "origin" | "unreadable", number>;
}

export const newCollectorCounts = (): CollectorCounts => ({
  accepted: { touchpoints: 0, conversions: 0, identities: 0 },
  withdrawals: 0,
  passing: 0,
  refused: { automated: 0, origin: 0, unreadable: 0 },
});

const LARGEST_BODY = "64kb";
const SCRIPT_SECONDS = 3_600;

const say = (response: Response, status: number, sentence: string) =>
  void response.status(status).type("text/plain").send(`${sentence}\n`);

/** The origin of the page, when it is among these; null when it is not. */
function listedOrigin(request: Request, origins: readonly string[]): URL | null {
  const origin = request.get("Origin");
  if (origin === undefined || !URL.canParse(origin)) return null;
  return origins.includes("*") || origins.includes(origin) ? new URL(origin) : null;
}

/**
 * `GET /t.js` and `POST /v1/collect`. The address of the sender is neither kept nor handed on, and its browser only as mobile, tablet
 * or desktop.
 */
export function collectorRouter(desk: CollectorDesk, counts: CollectorCounts = newCollectorCounts()): Router {
  const router = Router();
  router.get("/t.js", (_request, response) => {
    const { text, etag } = sentScript();
    response
      .set({
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": `public, max-age=${SCRIPT_SECONDS}`,
        "Cross-Origin-Resource-Policy": "cross-origin",
        ETag: etag,
      })
      .send(text);
  });
  router.post("/v1/collect", express.text({ type: () => true, limit: LARGEST_BODY }));
  router.use("/v1/collect", allowReading(desk));
  router.options("/v1/collect", (_request, response) => void response.status(204).end());
  router.post("/v1/collect", (request, response) => collect(request, response, desk, counts));
  router.use(
    "/v1/collect",
    (error: Error & { status?: number }, _request: Request, response: Response, next: NextFunction) => {
      if (error instanceof UnreadableEvents || (error.status !== undefined && error.status < 500))
        counts.refused.unreadable++;
      if (error instanceof UnreadableEvents || error instanceof UserError) say(response, 400, error.message);
      else if (error.status === 413) say(response, 413, "the body is longer than 64 kB: send fewer events at a time");
      else if (error instanceof IntakeBusy)
        say(response.set("Retry-After", String(error.retryAfterSeconds)), 503, error.message);
      else next(error);
    },
  );
  return router;
}

/**
 * A page of an origin that a workspace has listed may read the answer, so that its author sees why an event was refused; whether events
 * are taken from it is decided with them. Never with cookies: they are those of the dashboard on this host.
 */
function allowReading(desk: CollectorDesk) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    response.vary("Origin");
    response.set("Cross-Origin-Resource-Policy", "cross-origin");
    // Where the lists cannot be looked up, the request itself finds out and says so.
    const origins = request.get("Origin") === undefined ? [] : await desk.listedOrigins().catch(() => []);
    const origin = listedOrigin(request, origins);
    if (origin !== null) {
      response.set({
        "Access-Control-Allow-Origin": origin.origin,
        "Access-Control-Allow-Headers": "Content-Type",
        "Access-Control-Max-Age": "86400",
      });
    }
    next();
  };
}

async function collect(
  request: Request,
  response: Response,
  desk: CollectorDesk,
  counts: CollectorCounts,
): Promise<void> {
  const userAgent = request.get("User-Agent") ?? "";
  if (isAutomated(userAgent)) {
    counts.refused.automated++;
    return say(response, 403, "automated visitors are not counted");
  }
  const { workspace, events } = readEvents(typeof request.body === "string" ? request.body : "");
  const { origins, currency } = await desk.describe(workspace);
  const pageHost = listedOrigin(request, origins)?.hostname;
  if (pageHost === undefined) {
    counts.refused.origin++;
    const origin = request.get("Origin") ?? "a page without an origin";
    return say(response, 403, `workspace ${workspace} takes no events from ${origin}: add it to collector-origins`);
  }
  const sorted = sortEvents(
    events,
    { receivedAt: new Date(), device: deviceOf(userAgent), pageHost },
    { optsOut: request.get("Sec-GPC") === "1" || request.get("DNT") === "1", currency },
  );
  for (const visitorId of sorted.withdrawn) await desk.withdraw(workspace, visitorId);
  await Promise.all(
    COLLECTED_KINDS.filter((kind) => sorted.lines[kind].length > 0).map((kind) =>
      desk.accept(
        workspace,
        kind,
        sorted.lines[kind].map((line) => Buffer.from(JSON.stringify(line))),
      ),
    ),
  );
  for (const kind of COLLECTED_KINDS) counts.accepted[kind] += sorted.lines[kind].length;
  counts.withdrawals += sorted.withdrawn.length;
  counts.passing += sorted.passing;
  response.status(204).end();
}
