import type { Server } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DemoOwner, openAccounts, retireDemoOwner, ssoOfEnvironment, welcome } from "../accounts/index.ts";
import { mailerOfEnvironment } from "../accounts/mail/index.ts";
import { Answers } from "../answers/index.ts";
import { isShopLoaded, loadSimulatedShop } from "../demo/index.ts";
import {
  connectToServer,
  databaseUrlOfEnvironment,
  type House,
  listenForCommands,
  openHouse,
  serverUrlOfEnvironment,
  transportWarnings,
} from "../house/index.ts";
import {
  createApp,
  type Desk,
  ensurePage,
  fairShare,
  type IntakeDoors,
  listen,
  openBrowser,
  openDoors,
  publicAddress,
} from "../http/index.ts";
import { log } from "../log.ts";
import { keepDelivering } from "../notifications/index.ts";
import { fetchWorkspaceStatus } from "../performance/index.ts";
import { fetchCurves, proposePlan } from "../planning/index.ts";
import { keepRetention } from "../privacy/index.ts";
import { keepExpiring } from "../proposals/index.ts";
import { keepSchedule } from "../rebalancing/index.ts";
import { keepReportMails } from "../reports/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type CommandIo, ProgressLine } from "./io.ts";
import { type Runtime, runCommandLine, type ServeOptions } from "./program.ts";
import { usualWork } from "./usual-work.ts";

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

/**
 * Commands of other terminals run here, because this process holds the folder.
 * @param onEnd told after each one: it may have changed what answers stand on
 */
function runtimeInside(house: House, io: CommandIo, onEnd: () => void): Runtime {
  const refuse = () => Promise.reject(new UserError("a server for this data folder is running already"));
  return {
    ...{ io, serve: refuse, demo: refuse },
    withHouse: (_folder, work) => work(house).finally(onEnd),
  };
}

/** Takes port and folder, prepares the data, serves until told to stop. Nothing is changed when port or folder are taken. */
async function serveHouse(
  options: ServeOptions,
  io: CommandIo,
  prepare: (house: House, workspace: Workspace) => Promise<void>,
  isDemo: boolean,
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
  const answers = new Answers();
  let desk: Desk | null = null;
  let doors: IntakeDoors | null = null;
  const asked = publicAddress(options);
  if (asked.warning !== null) log.warn(asked.warning);
  for (const warning of transportWarnings()) log.warn(warning);
  const { hosts, isSecure } = asked;
  const said = asked.isSaid ? { url: asked.url } : {};
  const app = createApp({ pageFolder, hosts, isSecure, ...said, desk: () => desk, doors: () => doors });
  const { server, port } = await listen(app, options.port, options.host);
  const { url } = publicAddress({ ...options, port });
  let house: House;
  try {
    house = await openHouse({ dataFolder: options.data, serverUrl, databaseUrl: databaseUrlOfEnvironment() });
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
          runtimeInside(
            house,
            {
              ...request,
              publicUrl: url,
              stdout: (out) => send({ out }),
              stderr: (err) => send({ err }),
              isGone,
            },
            () => answers.forget(),
          ),
        ),
      );
    }
    const workspace = await house.workspace(options.workspace);
    doors = await openDoors(house);
    const outcome = await Promise.race([
      prepare(house, workspace).then(() => "ready" as const),
      stopped.then(() => "stopped" as const),
    ]);
    if (outcome === "ready") {
      const opened = await openDesk(house, workspace, url, isDemo, io, answers);
      desk = opened.desk;
      io.stdout(`Touchline is ready: ${url}\n`);
      if (opened.welcome !== null) {
        io.stdout(`Create the owner's account: ${opened.welcome}\n`);
        io.stderr("The link works once, for 24 hours; touchline users link makes another one.\n");
      }
      io.stderr("Stop it with Ctrl-C.\n");
      if (options.open) openBrowser(url);
      const stopRetention = keepRetention(house);
      const stopSchedule = keepSchedule(house);
      const stopReports = keepReportMails(house);
      const stopExpiring = keepExpiring(house);
      const stopDelivering = keepDelivering(house, { sendMail: mailerOfEnvironment(io.stderr), url });
      const stopWarming = answers.keepWarm({
        first: [workspace.paced()],
        usual: usualWork,
        inTurn: (step) => fairShare.run("nobody", step),
      });
      await stopped;
      await Promise.all([stopSchedule(), stopReports(), stopDelivering(), stopExpiring()]);
      await Promise.all([stopRetention(), Promise.race([stopWarming(), sleep(SHUTDOWN_MS, null, { ref: false })])]);
    }
    return 0;
  } finally {
    await shutDown(server, commands, house, doors);
  }
}

/** Opens what people use. `welcome` is the link for the first owner, where there is nobody yet. */
async function openDesk(
  house: House,
  workspace: Workspace,
  url: string,
  isDemo: boolean,
  io: CommandIo,
  answers: Answers,
): Promise<{ desk: Desk; welcome: string | null }> {
  const accounts = await openAccounts({
    ...{ store: await house.store(), secret: house.secret, url, sso: ssoOfEnvironment() },
    sendMail: mailerOfEnvironment(io.stderr),
    workspacesWithData: () => house.warehouse.workspaces(),
    onFailure: (error) => log.error({ err: error }, "a mail could not be sent"),
  });
  const demo = isDemo ? await DemoOwner.prepare(accounts, workspace.id) : null;
  if (!isDemo) await retireDemoOwner(accounts.store.db);
  const address = await welcome(accounts, workspace.id, await house.warehouse.workspaces());
  const { spoolFolder, dataFolder } = house;
  return {
    desk: {
      ...{ accounts, demo, answers, spoolFolder, dataFolder },
      openWorkspace: async (name) => (await house.workspace(name)).paced(),
      inTurn: (userId, work) => fairShare.run(userId, work),
    },
    welcome: address,
  };
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
  return serveHouse(options, io, async () => undefined, false);
}

/** `touchline demo`: the simulated shop, loaded once, fitted and planned, then served. */
export function demo(options: ServeOptions, io: CommandIo): Promise<number> {
  return serveHouse(
    options,
    io,
    async (house, workspace) => {
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
    },
    true,
  );
}
