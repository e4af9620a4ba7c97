import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { UserError } from "../user-error.ts";

/** Listens, or says in one sentence why not. @throws UserError when the port is taken or may not be used */
export async function listen(
  app: RequestListener,
  port: number,
  host: string,
): Promise<{ server: Server; url: string }> {
  const server = createServer(app);
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
  return { server, url: `http://${name.includes(":") ? `[${name}]` : name}:${address.port}` };
}
