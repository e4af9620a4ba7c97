import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../user-error.ts";

/** What a sender may take, so that slow ones do not hold connections that others need. */
export interface Patience {
  /** Until the headers are there. */
  readonly headersMs: number;
  /** Until the whole request is there: 32 MB over a slow line. */
  readonly requestMs: number;
  /** How often connections are looked at. */
  readonly checkEveryMs: number;
  /** How long a connection stays open for a next request. */
  readonly idleMs: number;
}

const USUAL: Patience = { headersMs: 15_000, requestMs: 120_000, checkEveryMs: 5_000, idleMs: 5_000 };

/** Longer than the minute that most proxies keep a connection for: a request that they send while this server closes it is lost. */
const IDLE_BEHIND_PROXY_MS = 65_000;

export function usualPatience(isProxyTrusted: boolean): Patience {
  return isProxyTrusted ? { ...USUAL, idleMs: IDLE_BEHIND_PROXY_MS } : USUAL;
}
const MOST_HEADER_BYTES = 16_384;
const MOST_CONNECTIONS = 2_000;

/** Listens, or says in one sentence why not. @throws UserError when the port is taken or may not be used */
export async function listen(
  app: RequestListener,
  port: number,
  host: string,
  patience = usualPatience(false),
): Promise<{ server: Server; port: number; url: string }> {
  const server = createServer(
    {
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      keepAliveTimeout: patience.idleMs,
      connectionsCheckingInterval: patience.checkEveryMs,
      maxHeaderSize: MOST_HEADER_BYTES,
    },
    app,
  );
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((done, failed) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE")
        failed(
          new UserError(
            `port ${port} is taken by another program: choose another one with --port, or --port 0 for any free one`,
            { cause: error },
          ),
        );
      else if (error.code === "EACCES")
        failed(
          new UserError(`port ${port} may not be used by this account: choose one above 1023 with --port`, {
            cause: error,
          }),
        );
      else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
        failed(new UserError(`--host: this machine has no address ${host}`, { cause: error }));
      else failed(error);
    });
    server.listen(port, host, done);
  });
  const address = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "127.0.0.1" || host === "::" ? "localhost" : host;
  return { server, port: address.port, url: `http://${name.includes(":") ? `[${name}]` : name}:${address.port}` };
}
