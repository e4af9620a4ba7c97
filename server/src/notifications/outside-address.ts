import { lookup as resolve } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { type Environment, environment } from "../configuration/index.ts";

/** What of the network a server may send webhooks to. */
export interface Reach {
  /** True where the operator says so: this machine and private networks too, and by plain http there. */
  readonly allowsPrivate: boolean;
}

/** Set by whoever keeps the server, never by a workspace: an admin of one must not look around in the operator's network. */
export function reachOfEnvironment(env: Environment = environment()): Reach {
  return { allowsPrivate: env.TOUCHLINE_PRIVATE_WEBHOOKS?.trim() === "1" };
}

type Kind = "public" | "private" | "never";

const PRIVATE = listOf([
  ...["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"],
  ...["::1/128", "fc00::/7"],
]);
/**
 * Link-local addresses, where clouds tell machines their credentials, and those of clouds that lie elsewhere; what belongs to nobody, to
 * everybody or to a way of translation.
 */
const NEVER = listOf([
  ...["169.254.0.0/16", "fe80::/10", "fd00:ec2::254/128", "100.100.100.200/32", "168.63.129.16/32"],
  ...["0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24"],
  ...["203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
  ...["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"],
]);
/** Of IPv6 only this is the internet. */
const GLOBAL = listOf(["2000::/3"]);

function listOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits] = network.split("/");
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

function kindOf(address: string): Kind {
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  if (isIP(address) === 0 || NEVER.check(address, family)) return "never";
  if (PRIVATE.check(address, family)) return "private";
  return family === "ipv4" || GLOBAL.check(address, family) ? "public" : "never";
}

/** Why nothing is sent there; null where it may. */
function whyNotAddress(address: string, { allowsPrivate }: Reach): string | null {
  const kind = kindOf(address);
  if (kind === "never") return `${address} is no address that webhooks may go to`;
  if (kind === "public" || allowsPrivate) return null;
  return inside(address);
}

const plainHost = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "");

/**
 * Why nothing is sent to an address, as far as it says so itself; null where it may. What a name stands for is looked at when it is
 * connected to.
 */
export function whyNotUrl(text: string, reach: Reach): string | null {
  if (!URL.canParse(text)) return "it is not an address such as https://hooks.example.com/touchline";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return "it is not an address of the web";
  if (url.username !== "" || url.password !== "") return "it holds a user or a password: messages are signed instead";
  const host = plainHost(url);
  const isName = isIP(host) === 0;
  // A name without a dot is one of the network that this server stands in.
  if (isName && !host.includes(".") && !reach.allowsPrivate) return inside(host);
  const why = isName ? null : whyNotAddress(host, reach);
  if (why !== null) return why;
  if (url.protocol === "http:" && (!reach.allowsPrivate || (!isName && kindOf(host) === "public"))) return PLAIN;
  return null;
}

const PLAIN = "it is plain http: webhooks go to https addresses";

function inside(host: string): string {
  return `${host} is inside a private network: whoever keeps this server allows that with TOUCHLINE_PRIVATE_WEBHOOKS=1`;
}

/**
 * Finds where a name leads, and nothing else does: the connection goes to the address that was looked at here, so a name that answers
 * otherwise the next time leads nowhere else.
 */
export function outsideLookup(reach: Reach, isPlain: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { all: true, family: Number(options.family) || 0 }).then(
      (found) => {
        const why = found.map(({ address }) => whyNotAddress(address, reach)).find((each) => each !== null);
        const isPublic = found.some(({ address }) => kindOf(address) === "public");
        const problem = why ?? (isPlain && isPublic ? PLAIN : null);
        const [first] = found;
        if (problem !== null || first === undefined)
          callback(new Refused(problem ?? `${hostname} has no address`), "", 0);
        else if (options.all === true) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error as NodeJS.ErrnoException, "", 0),
    );
  };
}

/** Nothing was sent, because of where it would have gone. */
export class Refused extends Error {}

/** Addresses of Slack are secrets themselves: what stands behind the host is not written into the audit. */
export function shownUrl(url: string): string {
  if (!URL.canParse(url)) return "this address";
  const { origin, pathname, search } = new URL(url);
  return pathname === "/" && search === "" ? origin : `${origin}/…`;
}
