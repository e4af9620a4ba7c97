import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { appRouter } from "../router.ts";
import type { Workspace } from "../workspace.ts";
import { type IntakeDoors, intakeRouter } from "./intake-router.ts";
import { isForPeople } from "./public-error.ts";

export interface AppOptions {
  /** Folder of the built dashboard. */
  readonly pageFolder: string;
  /** Names that this server is reached by, without port. */
  readonly hosts: ReadonlySet<string>;
  /** Null while the data is still being prepared. */
  readonly workspace: () => Workspace | null;
  /** For files that live as long as a request; asked for once there is a workspace. */
  readonly spoolFolder: () => string;
  /** What machines send events through; null while the data is still being prepared. */
  readonly doors: () => IntakeDoors | null;
}

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
} as const;

/**
 * A page elsewhere can point a name of its own at this address: only requests under this server's names are answered. Addresses are
 * answered too, because no name that somebody else owns leads to a request under one.
 */
function refuseForeignHosts(hosts: ReadonlySet<string>) {
  return (request: Request, response: Response, next: NextFunction) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    if (hosts.has(host) || isIP(host.replace(/^\[|\]$/g, "")) !== 0) next();
    else response.status(421).type("text/plain").send("This server does not answer under that name.\n");
  };
}

/** The dashboard, its procedures, and the two questions that a supervisor asks. */
export function createApp({ pageFolder, hosts, workspace, spoolFolder, doors }: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.get("/readyz", (_request, response) => {
    const isReady = workspace() !== null;
    response.status(isReady ? 200 : 503).json({ status: isReady ? "ready" : "loading" });
  });
  // Machines know this server by any name; they prove who they are with a key, which no page elsewhere has.
  app.use(intakeRouter(doors));
  // Pages of the origins that a workspace has listed send what their visitors do.
  app.use((request, response, next) => {
    const open = doors();
    if (open === null) next();
    else open.collector(request, response, next);
  });
  app.use(
    "/v1",
    (_request, response) =>
      void response.status(404).json({ error: "there is nothing here: docs/http.md lists what can be sent" }),
  );
  app.use(refuseForeignHosts(hosts));
  app.use((_request, response, next) => {
    if (workspace() !== null) next();
    else
      response
        .status(503)
        .set({ "Retry-After": "3", Refresh: "3" })
        .type("text/plain")
        .send("Touchline is loading its data. This page tries again by itself.\n");
  });
  app.use(
    "/trpc",
    createExpressMiddleware({
      router: appRouter,
      createContext: () => ({ workspace: workspace()!.paced(), spoolFolder: spoolFolder() }),
      onError: ({ error, path }) => {
        if (error.code === "INTERNAL_SERVER_ERROR" && !isForPeople(error.cause))
          console.error(`touchline: ${path}:`, error.cause ?? error);
      },
    }),
  );
  app.use(express.static(pageFolder, { index: false, immutable: true, maxAge: "1y" }));
  app.use(
    "/assets",
    (_request, response) => void response.status(404).type("text/plain").send("There is no such file.\n"),
  );
  app.get("/{*path}", (_request, response) => {
    const page = join(pageFolder, "index.html");
    if (existsSync(page)) response.set("Cache-Control", "no-cache").sendFile(page);
    else response.status(500).type("text/plain").send("The dashboard is not built: npm run build\n");
  });
  app.use((error: Error & { status?: number }, _request: Request, response: Response, _next: NextFunction) => {
    const isTheirs = error.status !== undefined && error.status < 500;
    if (!isTheirs) console.error("touchline:", error);
    response
      .status(isTheirs ? error.status! : 500)
      .type("text/plain")
      .send(isTheirs ? "This request cannot be read.\n" : "Something went wrong on the server. Its log says what.\n");
  });
  return app;
}
