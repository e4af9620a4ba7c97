import type { IncomingMessage } from "node:http";
import type { NextFunction, Request, Response } from "express";

const ONLY_READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

export interface OwnOrigin {
  /** Where people reach this server; undefined where only this machine does. */
  readonly url?: string | undefined;
  readonly isProxyTrusted: boolean;
}

/** The origins under which a request has reached this server: its own Host, and the public address. */
function ownOrigins(request: IncomingMessage, { url, isProxyTrusted }: OwnOrigin): string[] {
  const { host } = request.headers;
  const scheme = isProxyTrusted && request.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  return [
    ...(host === undefined ? [] : [`${scheme}://${host.toLowerCase()}`]),
    ...(url === undefined ? [] : [new URL(url).origin]),
  ];
}

/**
 * True where a page of this server sends the request. Browsers add both headers themselves, and no page can change them; a page that
 * tells no referrer sends the origin `null`, and is known by the other header then.
 */
export function isSameOrigin(request: IncomingMessage, own: OwnOrigin): boolean {
  const { origin } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin") return false;
  if (site === "same-origin") return true;
  return origin !== undefined && ownOrigins(request, own).includes(origin.toLowerCase());
}

/**
 * Whatever changes something is taken from this server's own pages only. A program that says nothing of an origin is no browser: it is
 * let through as long as it brings no cookie that somebody else may have given it.
 */
export function refuseForeignPosts(own: OwnOrigin) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const { origin, cookie } = request.headers;
    const saysNothing = origin === undefined && request.headers["sec-fetch-site"] === undefined;
    if (ONLY_READS.has(request.method) || isSameOrigin(request, own) || (saysNothing && cookie === undefined)) next();
    else
      response
        .status(403)
        .type("text/plain")
        .send(
          "This request does not come from a page of this server, and nothing was changed. Where a proxy stands in front, set TOUCHLINE_URL to the address that people open.\n",
        );
  };
}
