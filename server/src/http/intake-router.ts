import { type ImportKind, WarehouseAway } from "@touchline/sql";
import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from "express";
import { BodyRefused, type Intake, IntakeBusy, type RateLimit, readBodyLines } from "../intake/index.ts";
import { type MachineDoors, machineOf, type RequireScope, refuse } from "./require-scope.ts";

/** What an endpoint of machines needs; null while the data is still being prepared. */
export interface IntakeDoors extends MachineDoors {
  readonly intake: Intake;
  readonly rate: RateLimit;
  /** The script for web pages, and what it sends to. */
  readonly collector: RequestHandler;
}

/** What can be sent, by the last part of the path. */
const SENT_KINDS: readonly ImportKind[] = ["touchpoints", "spend", "conversions", "identities"];

/** When a sender should ask again while the warehouse is away. */
const RETRY_AFTER_SECONDS = 5;

const LARGEST_BODY_MB = 32;
const MOST_ITEMS = 50_000;
const MOST_REFUSALS_SHOWN = 1_000;
const SOURCE_NAME = /^[\w .:-]{1,64}$/;

/**
 * `POST /v1/touchpoints|spend|conversions|identities`: a JSON array or one object a line, gzipped or not, with the API key of a
 * workspace. 202 when every item is stored, known already, or in rejected_rows; whoever has no answer sends again.
 */
export function intakeRouter(doors: () => IntakeDoors | null, requireScope: RequireScope): Router {
  const router = Router();
  router.use("/v1/:kind", (request, response, next) => {
    if (!SENT_KINDS.some((kind) => kind === request.params.kind)) next("router");
    else if (request.method === "POST") next();
    else refuse(response.set("Allow", "POST"), 405, "send events with POST");
  });
  router.use("/v1/:kind", requireScope("ingest"));
  router.use("/v1/:kind", express.raw({ type: () => true, limit: `${LARGEST_BODY_MB}mb`, inflate: true }));
  router.post("/v1/:kind", (request, response) => receive(doors()!, request, response));
  router.use("/v1", explain);
  return router;
}

async function receive({ intake, rate }: IntakeDoors, request: Request, response: Response): Promise<void> {
  const { holder, workspace } = machineOf(response);
  const kind = request.params.kind as ImportKind;
  const source = request.get("x-source") ?? "";
  if (source !== "" && !SOURCE_NAME.test(source)) {
    return void refuse(response, 400, "X-Source: use up to 64 letters, digits, spaces and . : _ -");
  }
  const items = readBodyLines(Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
  if (items.count === 0) return void response.status(202).json({ received: 0, accepted: 0, rejected: [] });
  if (items.count > MOST_ITEMS) {
    return void refuse(response, 413, `${items.count} items are too many for one request: send at most ${MOST_ITEMS}`);
  }
  const wait = rate.take(holder.workspaceId, items.count, Date.now());
  if (wait > 0) return void refuse(response, 429, "this workspace sends too fast: send it again later", wait);
  const receipt = await intake.accept(await workspace(), kind, items, { source, transport: "http" });
  response.status(202).json({
    received: receipt.received,
    accepted: receipt.accepted,
    rejected: receipt.refused.slice(0, MOST_REFUSALS_SHOWN),
    ...(receipt.refused.length > MOST_REFUSALS_SHOWN ? { rejectedInAll: receipt.refused.length } : {}),
  });
}

/** Every way in which a request can fail, said in one sentence. */
function explain(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return void next(error);
  if (error instanceof IntakeBusy) return void refuse(response, 503, error.message, error.retryAfterSeconds);
  if (error instanceof WarehouseAway) return void refuse(response, 503, error.message, RETRY_AFTER_SECONDS);
  if (error instanceof BodyRefused) return void refuse(response, 400, error.message);
  const { type } = error as { type?: string };
  switch (type) {
    case "entity.too.large":
      return void refuse(response, 413, `the body is larger than ${LARGEST_BODY_MB} MB: send it in parts`);
    case "encoding.unsupported":
      return void refuse(response, 415, "send the body plain, or with Content-Encoding: gzip");
    case "request.aborted":
    case "request.size.invalid":
      return void refuse(response, 400, "the body ended before it was whole: nothing was stored; send it again");
  }
  const { status, code } = error as { status?: number; code?: string };
  if (code?.startsWith("Z_") || (status !== undefined && status < 500)) {
    return void refuse(
      response,
      400,
      "the body cannot be read: it is not whole, or not what its Content-Encoding says",
    );
  }
  next(error);
}
