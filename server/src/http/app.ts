import { existsSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { log } from "../log.ts";
import { type Metrics, ReadinessCheck, type Tracing } from "../operations/index.ts";
import { Admission, HTTP_RATES, type HttpRates } from "./admission.ts";
import { trustsProxy } from "./client-address.ts";
import { compressAnswers } from "./compress-answers.ts";
import type { Desk } from "./desk.ts";
import { type IntakeDoors, intakeRouter } from "./intake-router.ts";
import { clearAtSignOut, keepNoFailures, shutAnswers } from "./machine-answers.ts";
import { refuseOtherMethods, refuseOtherSites, requireJson } from "./machine-requests.ts";
import { machineRoutes } from "./machine-routes.ts";
import { metricsRoute, timeRequests } from "./metrics-route.ts";
import { pageFiles } from "./page-files.ts";
import { peopleRoutes } from "./people-routes.ts";
import { somethingWentWrong } from "./public-error.ts";
import { nameRequests, requestIdOf } from "./request-id.ts";
import { scopesOf } from "./require-scope.ts";
import { refuseForeignPosts } from "./same-origin.ts";
import { securityHeaders } from "./security-headers.ts";
import { traceRequests } from "./trace-requests.ts";

export interface AppOptions {
  /** Folder of the built dashboard. */
  readonly pageFolder: string;
  /** Names that this server is reached by, without port. */
  readonly hosts: ReadonlySet<string>;
  /** Where people reach it; undefined where nobody has said so. */
  readonly url?: string;
  /** True where they reach it over https. */
  readonly isSecure?: boolean;
  readonly isProxyTrusted?: boolean;
  readonly rates?: HttpRates;
  /** What people use; null while the data is still being prepared. */
  readonly desk: () => Desk | null;
  /** Whether this server should get requests. */
  readonly readiness?: ReadinessCheck;
  /** What Prometheus reads; null while the data is still being prepared. */
  readonly metrics?: () => Metrics | null;
  /** Who has it may read the metrics; undefined: this machine alone may. */
  readonly metricsToken?: string | undefined;
  /** Where requests are followed; undefined where nobody asked for it. */
  readonly tracing?: Tracing | undefined;
  /** What machines send events through; null while the data is still being prepared. */
  readonly doors: () => IntakeDoors | null;
}

/** Longest address that is read; the page cuts its own well before. */
const LONGEST_URL = 8_192;

function refuseLongAddresses(request: Request, response: Response, next: NextFunction): void {
  if (request.originalUrl.length <= LONGEST_URL) next();
  else response.status(414).type("text/plain").send(`An address has at most ${LONGEST_URL} characters here.\n`);
}

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
export function createApp(options: AppOptions): Express {
  const { pageFolder, hosts, desk, doors, url, isSecure = false, isProxyTrusted = trustsProxy(), rates } = options;
  const metrics = options.metrics ?? (() => null);
  const readiness = options.readiness ?? new ReadinessCheck();
  const admission = new Admission(rates ?? HTTP_RATES, isProxyTrusted);
  const app = express();
  app.disable("x-powered-by");
  app.set("trust proxy", isProxyTrusted ? 1 : false); // One hop: what the proxy in front has added, and nothing that came to it.
  app.use(timeRequests(metrics), nameRequests(isProxyTrusted), ...securityHeaders(isSecure), keepNoFailures);
  app.use((_request, response, next) => {
    // Whoever keeps a connection open makes the next one to a server that goes on.
    if (readiness.isStopping) response.set("Connection", "close");
    next();
  });
  if (options.tracing !== undefined) app.use(traceRequests(options.tracing));
  app.use(refuseLongAddresses);
  app.use(["/v1", "/trpc", "/export", "/upload", "/auth"], shutAnswers);
  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.get("/readyz", async (_request, response) => {
    const answer = await readiness.ask();
    response.status(answer.status === "ready" ? 200 : 503).json(answer);
  });
  app.use(metricsRoute(metrics, options.metricsToken));
  // Machines know this server by any name; they prove who they are with a key, which no page elsewhere has.
  const requireScope = scopesOf(doors, admission);
  app.use(intakeRouter(doors, requireScope));
  app.use(admission.limitPlaces);
  app.use(machineRoutes(requireScope));
  // Pages of the origins that a workspace has listed send what their visitors do.
  app.use((request, response, next) => {
    const open = doors();
    if (open === null) next();
    else open.collector(request, response, next);
  });
  app.use(refuseOtherMethods);
  app.use(
    "/v1",
    (_request, response) =>
      void response.status(404).json({ error: "there is nothing here: docs/http.md lists what can be sent" }),
  );
  app.use(refuseForeignHosts(hosts), refuseForeignPosts({ url, isProxyTrusted }));
  app.use(["/trpc", "/export", "/upload"], refuseOtherSites);
  app.use("/trpc", requireJson, clearAtSignOut, compressAnswers);
  app.use((_request, response, next) => {
    if (desk() !== null) next();
    else
      response
        .status(503)
        .set({ "Retry-After": "3", Refresh: "3" })
        .type("text/plain")
        .send("Touchline is loading its data. This page tries again by itself.\n");
  });
  app.use(peopleRoutes(desk, admission));
  app.use(pageFiles(pageFolder));
  app.use(
    "/assets",
    (_request, response) => void response.status(404).type("text/plain").send("There is no such file.\n"),
  );
  app.get("/{*path}", (_request, response) => {
    const page = join(pageFolder, "index.html");
    if (existsSync(page)) response.set("Cache-Control", "no-cache").sendFile(page);
    else response.status(500).type("text/plain").send("The dashboard is not built: npm run build\n");
  });
  app.use((error: Error & { status?: number }, request: Request, response: Response, next: NextFunction) => {
    const isTheirs = error.status !== undefined && error.status < 500;
    if (!isTheirs) log.error({ err: error, request: requestIdOf(response), path: request.path }, "a request failed");
    if (response.headersSent) return next(error);
    response
      .status(isTheirs ? error.status! : 500)
      .type("text/plain")
      .send(isTheirs ? "This request cannot be read.\n" : `${somethingWentWrong(requestIdOf(response))}\n`);
  });
  return app;
}
