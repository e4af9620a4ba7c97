import { isIP } from "node:net";
import { environment } from "./configuration/index.ts";
import { UserError } from "./user-error.ts";

/** Where this server goes: what to connect to, and a line for the operator where passwords and data cross a network in the clear. */
export interface Transport {
  readonly url: string;
  readonly warning: string | null;
}

/** The word by which an address says that the network between is the operator's own; taken off before it is used. */
const MODE = "sslmode";
const PLAIN = "disable";

const PLAIN_HINT = `, or ${MODE}=${PLAIN} where the network between is yours alone`;

/** True for an address of this machine itself: nothing that is said to it leaves it. */
function isHere(host: string): boolean {
  const plain = decodeURIComponent(host)
    .replace(/^\[|\]$/g, "")
    .toLowerCase();
  const isSocket = plain === "" || plain.startsWith("/");
  return isSocket || plain === "localhost" || plain === "::1" || (isIP(plain) === 4 && plain.startsWith("127."));
}

function readAddress(variable: string, text: string, schemes: RegExp, example: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !schemes.test(url.protocol))
    throw new UserError(`${variable} is not an address such as ${example}`, { exitCode: 2 });
  return url;
}

function warningOf(variable: string, host: string): string {
  return `${variable} asks for no TLS (${MODE}=${PLAIN}): passwords and data cross the network to ${host} in the clear`;
}

const DATABASE_EXAMPLE = "postgres://touchline:password@db.example/touchline?sslmode=verify-full";

/** An address with a name and no host, which the driver takes for this machine and nobody else for an address. */
const withHost = (text: string): string => text.replace("@/", "@localhost/");

/**
 * The database of DATABASE_URL: a socket, this machine, or by TLS with a certificate that is checked. The driver would take some
 * modes as TLS that checks nothing, so it is always given the strictest.
 * @throws UserError when the address leads to another machine without TLS and does not say so
 */
export function databaseTransport(text: string): Transport {
  const variable = "DATABASE_URL";
  // The driver's own words for a socket, which are no addresses.
  if (text.startsWith("/") || text.startsWith("socket:")) return { url: text, warning: null };
  const url = readAddress(variable, withHost(text), /^postgres(ql)?:$/, DATABASE_EXAMPLE);
  const said = (name: string) => url.searchParams.getAll(name).at(-1); // As the driver takes what is said twice.
  const host = said("host") || url.hostname || environment().PGHOST || "";
  const mode = said(MODE) ?? null;
  if (isHere(host) && (mode === null || mode === PLAIN)) return { url: text, warning: null };
  for (const name of ["ssl", "uselibpqcompat", MODE]) url.searchParams.delete(name);
  if (mode === PLAIN) return { url: url.href, warning: warningOf(variable, host) };
  if (mode !== "require" && mode !== "verify-ca" && mode !== "verify-full") {
    const problem =
      mode === null ? "does not ask for TLS" : `asks for ${MODE}=${mode}, which checks nobody's certificate`;
    throw new UserError(
      `${variable} leads to ${host}, another machine, and ${problem}: add ${MODE}=verify-full (with sslrootcert=FILE for an authority of your own)${PLAIN_HINT}`,
      { exitCode: 2 },
    );
  }
  url.searchParams.set(MODE, "verify-full");
  return { url: url.href, warning: null };
}

/** The ClickHouse server of CLICKHOUSE_URL. @throws UserError when it is reached over a network by plain http, unsaid */
export function warehouseTransport(text: string): Transport {
  const variable = "CLICKHOUSE_URL";
  if (!URL.canParse(text)) return { url: text, warning: null }; // Whoever connects says what an address looks like.
  const url = new URL(text);
  const mode = url.searchParams.get(MODE);
  url.searchParams.delete(MODE);
  const own = mode === null ? text : url.href;
  if (url.protocol === "https:" || isHere(url.hostname)) return { url: own, warning: null };
  if (mode === PLAIN) return { url: own, warning: warningOf(variable, url.hostname) };
  throw new UserError(
    `${variable} leads to ${url.hostname}, another machine, over plain http: use https (usually port 8443)${PLAIN_HINT.replace(", or", ", or add")}`,
    { exitCode: 2 },
  );
}

/** A mail server, and whether it has to take TLS before it is told anything. */
export interface MailTransport extends Transport {
  readonly requiresTls: boolean;
}

/** The mail server of SMTP_URL: smtps, or smtp that has to change to TLS before the password is said. */
export function mailTransport(text: string): MailTransport {
  const variable = "SMTP_URL";
  const url = readAddress(variable, text, /^smtps?:$/, "smtps://user:password@mail.example:465");
  const isPlain = url.searchParams.get(MODE) === PLAIN;
  url.searchParams.delete(MODE);
  const isInside = url.protocol === "smtps:" || isHere(url.hostname);
  return {
    url: url.href,
    requiresTls: !isPlain && !isInside,
    warning: isPlain && !isInside ? warningOf(variable, url.hostname) : null,
  };
}

/** The issuer of OIDC_ISSUER: passwords and tokens go there, so there is no way around https. @throws UserError */
export function requireSafeIssuer(issuer: string): void {
  const url = readAddress("OIDC_ISSUER", issuer, /^https?:$/, "https://login.example");
  if (url.protocol === "https:" || isHere(url.hostname)) return;
  throw new UserError(`OIDC_ISSUER leads to ${url.hostname} over plain http: single sign-on needs https`, {
    exitCode: 2,
  });
}
