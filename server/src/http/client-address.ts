import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { type Environment, environment } from "../configuration/index.ts";

/** True where a proxy of the operator's own stands in front and says who asks. */
export function trustsProxy(given: Environment = environment()): boolean {
  return given.TOUCHLINE_TRUST_PROXY === "1";
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Who asks: the other end of the connection, or what the proxy in front has added to `X-Forwarded-For`. Anything further to the left
 * was said by the client itself.
 */
export function clientAddress(request: IncomingMessage, isProxyTrusted: boolean): string {
  const own = (request.socket.remoteAddress ?? "").replace(MAPPED, "$1");
  if (!isProxyTrusted) return own;
  const said = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",").at(-1)!.trim();
  return isIP(said) === 0 ? own : said.replace(MAPPED, "$1");
}
