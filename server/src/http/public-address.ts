import { isIP } from "node:net";
import { environment } from "../configuration/index.ts";
import { UserError } from "../user-error.ts";

/** Where people reach this server. */
export interface PublicAddress {
  /** Without a slash at the end. */
  readonly url: string;
  readonly isSecure: boolean;
  /** Whether somebody has said it, or it is what the server listens on. */
  readonly isSaid: boolean;
  /** Names that it answers under, without port. */
  readonly hosts: ReadonlySet<string>;
  /** One line for the operator, where passwords would cross a network in the clear. */
  readonly warning: string | null;
}

export interface PublicAddressOptions {
  /** What it listens on. */
  readonly host: string;
  readonly port: number;
  /** TOUCHLINE_URL. */
  readonly said?: string | undefined;
}

const LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"];

const EXAMPLE = "such as https://touchline.example.com";

export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[|\]$/g, "").toLowerCase();
  return plain === "localhost" || plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

const inAddress = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host).toLowerCase();

/**
 * @throws UserError when the server would be open to other machines and nobody has said under which address: cookies, links in
 * mails and the check of origins stand on it
 */
export function publicAddress({ host, port, said = environment().TOUCHLINE_URL }: PublicAddressOptions): PublicAddress {
  const text = said?.trim() ?? "";
  if (text !== "") return saidAddress(text, host);
  if (isLoopback(host)) {
    const hosts = new Set([...LOOPBACK_NAMES, inAddress(host)]);
    return {
      url: `http://${host === "127.0.0.1" ? "localhost" : inAddress(host)}:${port}`,
      isSecure: false,
      isSaid: false,
      hosts,
      warning: null,
    };
  }
  throw new UserError(
    `--host ${host} opens this server to other machines: set TOUCHLINE_URL to the address under which people reach it, ${EXAMPLE}`,
    { exitCode: 2 },
  );
}

function saidAddress(text: string, host: string): PublicAddress {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isPlain =
    url !== null &&
    url.pathname === "/" &&
    url.search === "" &&
    url.hash === "" &&
    url.username === "" &&
    url.password === "";
  if (url === null || !isPlain || !/^https?:$/.test(url.protocol)) {
    throw new UserError(
      `TOUCHLINE_URL is not an address of a server, ${EXAMPLE}: scheme and host, and nothing after them`,
      {
        exitCode: 2,
      },
    );
  }
  const isSecure = url.protocol === "https:";
  const isOpen = !isSecure && !isLoopback(url.hostname);
  return {
    url: url.origin,
    isSecure,
    isSaid: true,
    hosts: new Set([...LOOPBACK_NAMES, inAddress(host), url.hostname]),
    warning: isOpen
      ? `TOUCHLINE_URL is ${url.origin}: passwords and sessions cross the network in the clear; let a proxy answer under https and say so here`
      : null,
  };
}
