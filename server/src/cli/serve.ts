import type { Server } from "node:http";
import { join } from "node:path";
import { isShopLoaded, loadSimulatedShop } from "../demo/index.ts";
import { connectToServer, type House, listenForCommands, openHouse, serverUrlOfEnvironment } from "../house/index.ts";
import { createApp, ensurePage, type IntakeDoors, listen, openBrowser, openDoors } from "../http/index.ts";
import { fetchWorkspaceStatus } from "../performance/index.ts";
import { fetchCurves, proposePlan } from "../planning/index.ts";
import { keepRetention } from "../privacy/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type CommandIo, ProgressLine } from "./io.ts";
import { type Runtime, runCommandLine, type ServeOptions } from "./program.ts";

const SHUTDOWN_MS = 5_000;

function untilToldToStop(): Promise<void> {
  return new Promise((done) => {
    process.once("SIGINT", done);
    process.once("SIGTERM", done);
  });
}

function closeServer(server: { close(done: () => void): unknown }): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    setTimeout(done, SHUTDOWN_MS).unref();
  });
}

/** Commands of other terminals run here, because this process holds the folder. */
function runtimeInside(house: House, io: CommandIo): Runtime {
  const refuse = () => Promise.reject(new UserError("a server for this data folder is running already"));
  return { io, withHouse: (_folder, work) => work(house), serve: refuse, demo: refuse };
}

/** Takes port and folder, prepares the data, serves until told to stop. Nothing is changed when port or folder are taken. */
async function serveHouse(
  options: ServeOptions,
  io: CommandIo,
  prepare: (house: House, workspace: Workspace) => Promise<void>,
): Promise<number> {
  const serverUrl = serverUrlOfEnvironment();
  const running = serverUrl === undefined ? await connectToServer(options.data) : null;
  if (running !== null) {
    running.destroy();
    throw new UserError(
      `a Touchline server for ${options.data} is running already: open its dashboard, or stop it first`,
    );
  }
  const pageFolder = await ensurePage(io.stderr);
  let ready: Workspace | null = null;
  const hosts = new Set(["localhost", "127.0.0.1", "[::1]", options.host.toLowerCase()]);
  let doors: IntakeDoors | null = null;
  const app = createApp({
    ...{ pageFolder, hosts, workspace: () => ready, doors: () => doors },
    spoolFolder: () => house.spoolFolder,
  });
  const { server, url } = await listen(app, options.port, options.host);
  let house: House;
  try {
    house = await openHouse({ dataFolder: options.data, serverUrl });
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  let commands: Awaited<ReturnType<typeof listenForCommands>> | null = null;
  const stopped = untilToldToStop();
  try {
    // On a server every process has its own connection, and the folder's socket may belong to an embedded one beside it.
    if (serverUrl === undefined) {
      commands = await listenForCommands(house.dataFolder, (request, send, isGone) =>
        runCommandLine(
          request.argv,
          runtimeInside(house, { ...request, stdout: (out) => send({ out }), stderr: (err) => send({ err }), isGone }),
        ),
      );
    }
    const workspace = await house.workspace(options.workspace);
    doors = openDoors(house);
    const outcome = await Promise.race([
      prepare(house, workspace).then(() => "ready" as const),
      stopped.then(() => "stopped" as const),
    ]);
    if (outcome === "ready") {
      ready = workspace;
      io.stdout(`Touchline is ready: ${url}\n`);
      io.stderr("Stop it with Ctrl-C.\n");
      if (options.open) openBrowser(url);
      const stopRetention = keepRetention(house);
      await stopped;
      await stopRetention();
    }
    return 0;
  } finally {
    await shutDown(server, commands, house, doors);
  }
}

/** Stops accepting, writes and answers what was accepted, then closes. */
async function shutDown(
  server: Server,
  commands: { close(done: () => void): unknown } | null,
  house: House,
  doors: IntakeDoors | null,
): Promise<void> {
  await doors?.intake.close();
  const closing = closeServer(server);
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 1_000).unref();
  await closing;
  if (commands !== null) await closeServer(commands);
  await house.close();
}

export function serve(options: ServeOptions, io: CommandIo): Promise<number> {
  return serveHouse(options, io, async () => undefined);
}

/** `touchline demo`: the simulated shop, loaded once, fitted and planned, then served. */
export function demo(options: ServeOptions, io: CommandIo): Promise<number> {
  return serveHouse(options, io, async (house, workspace) => {
    const folder = join(house.dataFolder, "demo");
    const progress = new ProgressLine(io);
    const say = (text: string) => {
      progress.clear();
      io.stderr(text);
    };
    if (!isShopLoaded(folder)) {
      await loadSimulatedShop(workspace, {
        folder,
        spoolFolder: house.spoolFolder,
        say,
        onProgress: (label, share) => progress.show(label, share, ""),
      });
    }
    progress.clear();
    const began = Date.now();
    await fetchWorkspaceStatus(workspace);
    const { channels } = await fetchCurves(workspace);
    const plan = await proposePlan(workspace, {
      period: "week",
      budget: null,
      exact: false,
      maxChange: 0.2,
      bounds: [],
    });
    const gain = plan.expected.revenue - plan.expected.revenueAtCurrent;
    say(
      `Credit, ${channels.length} curves and a plan took ${((Date.now() - began) / 1000).toFixed(1)} s; the plan expects ${gain >= 0 ? "+" : ""}${Math.round(gain).toLocaleString("en-US")} ${plan.currency} of credited revenue a week.\n`,
    );
  });
}
