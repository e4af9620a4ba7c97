import { randomBytes } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { log } from "../log.ts";
import { perMinute, RateLimit } from "../rate-limit.ts";
import { withinRequest } from "../request-scope.ts";

const HEADER = "X-Request-Id";
const GIVEN = /^[\w-]{8,64}$/;
const BYTES = 8;

/** Refusals that are worth a line, and no more lines than these, so that nobody fills the disk with them. */
const TOLD: ReadonlySet<number> = new Set([403, 421, 429]);
const TOLD_A_MINUTE = 60;

/** Names every request: in its answer, in every line of the log that is written for it, and in the texts of failures. */
export function nameRequests(isProxyTrusted: boolean) {
  const told = new RateLimit(perMinute(TOLD_A_MINUTE));
  return (request: Request, response: Response, next: NextFunction): void => {
    const given = isProxyTrusted ? request.get(HEADER) : undefined;
    const id = given !== undefined && GIVEN.test(given) ? given : randomBytes(BYTES).toString("hex");
    response.locals.requestId = id;
    response.set(HEADER, id);
    const { method, path } = request;
    response.once("finish", () => {
      const { statusCode: status } = response;
      if (TOLD.has(status) && told.take("", 1, Date.now()) === 0)
        log.warn({ request: id, method, path, status }, "refused");
    });
    withinRequest(id, next);
  };
}

/** The name of the request that this is the answer of. */
export function requestIdOf(response: Response): string {
  return response.locals.requestId as string;
}
