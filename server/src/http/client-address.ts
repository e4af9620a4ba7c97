import type { IncomingMessage } from "node:http";
import { isIP, isIPv6 } from "node:net";

/** True where a proxy of the operator's own stands in front and says who asks. */
export function trustsProxy(environment: NodeJS.ProcessEnv = process.env): boolean {
  return environment.TOUCHLINE_TRUST_PROXY === "1";
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

/** What is counted as one place: an IPv4 address, or the network of 64 bits that a household has of IPv6. */
export function placeOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = "", tail] = address.toLowerCase().replace(/%.*$/, "").split("::");
  const groups = head === "" ? [] : head.split(":");
  const last = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - last.length)).fill("0");
  return [...groups, ...zeros, ...last]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ""))
    .join(":");
}
