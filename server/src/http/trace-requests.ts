import type { RequestHandler } from "express";
import type { Tracing } from "../operations/index.ts";
import { requestIdOf } from "./request-id.ts";

const FIRST_PART = /^\/[a-z.]*/;

/** Follows every request that comes in; the first part of its address is all that is told of it. */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    const { method, headers } = request;
    const route = FIRST_PART.exec(request.path)?.[0] ?? "/";
    const ends = tracing.requestBegins({ route, method, id: requestIdOf(response), headers }, next);
    response.once("close", () => ends(response.statusCode));
  };
}
