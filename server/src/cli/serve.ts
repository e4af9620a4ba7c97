import { join } from "node:path";
import { promisify } from "node:util";
import { DemoOwner, openAccounts, retireDemoOwner, ssoOfEnvironment, welcome } from "../accounts/index.ts";
import { mailerOfEnvironment } from "../accounts/mail/index.ts";
import { Answers } from "../answers/index.ts";
import { isShopLoaded, loadSimulatedShop } from "../demo/index.ts";
import {
  clusterOfEnvironment,
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
  trustsProxy,
  usualPatience,
} from "../http/index.ts";
import { log } from "../log.ts";
import { keepDelivering } from "../notifications/index.ts";
import { Metrics, ReadinessCheck, tracingOfEnvironment, untilToldToStop } from "../operations/index.ts";
import { fetchWorkspaceStatus } from "../performance/index.ts";
import { fetchCurves, proposePlan } from "../planning/index.ts";
import { keepRetention } from "../privacy/index.ts";
import { keepExpiring } from "../proposals/index.ts";
import { keepSchedule } from "../rebalancing/index.ts";
import { keepReportMails } from "../reports/index.ts";
import { secretOfEnvironment } from "../secret-of-environment.ts";
import { settleWithin } from "../settle-within.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { type CommandIo, ProgressLine } from "./io.ts";
import { type Runtime, runCommandLine, type ServeOptions } from "./program.ts";
import { closeAtOnce, stopServing } from "./stop-serving.ts";
import { usualWork } from "./usual-work.ts";

/** A question that nobody has asked is not waited for longer. */
const WARMING_ENDS_WITHIN_MS = 5_000;

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
  let metrics: Metrics | null = null;
  const readiness = new ReadinessCheck();
  const tracing = await tracingOfEnvironment();
  const asked = publicAddress(options);
  if (asked.warning !== null) log.warn(asked.warning);
  for (const warning of transportWarnings()) log.warn(warning);
  const { hosts, isSecure } = asked;
  const said = asked.isSaid ? { url: asked.url } : {};
  const app = createApp({
    ...{ pageFolder, hosts, isSecure, ...said, desk: () => desk, doors: () => doors },
    ...{ readiness, metrics: () => metrics, metricsToken: secretOfEnvironment("TOUCHLINE_METRICS_TOKEN"), tracing },
  });
  const { server, port } = await listen(app, options.port, options.host, usualPatience(trustsProxy()));
  const { url } = publicAddress({ ...options, port });
  let house: House;
  try {
    const cluster = clusterOfEnvironment();
    house = await openHouse({
      ...{ dataFolder: options.data, serverUrl, cluster, databaseUrl: databaseUrlOfEnvironment() },
    });
  } catch (error) {
    await closeAtOnce(server);
    throw error;
  }
  let commands: Awaited<ReturnType<typeof listenForCommands>> | null = null;
  const stopped = untilToldToStop().then(() => readiness.stopping());
  const jobs: (() => Promise<unknown>)[] = [];
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
    const connections = promisify(server.getConnections.bind(server));
    metrics = new Metrics({ house, intake: doors.intake, connections });
    const outcome = await Promise.race([
      prepare(house, workspace).then(() => "ready" as const),
      stopped.then(() => "stopped" as const),
    ]);
    if (outcome === "ready") {
      const opened = await openDesk(house, workspace, url, isDemo, io, answers);
      desk = opened.desk;
      readiness.loaded({
        data: () => house.warehouse.problem(),
        accounts: async () => (await house.store()).problem(),
      });
      io.stdout(`Touchline is ready: ${url}\n`);
      if (opened.welcome !== null) {
        io.stdout(`Create the owner's account: ${opened.welcome}\n`);
        io.stderr("The link works once, for 24 hours; touchline users link makes another one.\n");
      }
      io.stderr("Stop it with Ctrl-C.\n");
      if (options.open) openBrowser(url);
      const stopWarming = answers.keepWarm({
        first: [workspace.paced()],
        usual: usualWork,
        inTurn: (step) => fairShare.run("nobody", step),
      });
      jobs.push(
        keepRetention(house),
        keepSchedule(house),
        keepReportMails(house),
        keepExpiring(house),
        keepDelivering(house, { sendMail: mailerOfEnvironment(io.stderr), url }),
        () => settleWithin(stopWarming(), WARMING_ENDS_WITHIN_MS),
      );
      await stopped;
    }
    return 0;
  } finally {
    await stopServing({ server, commands, jobs, house, intake: doors?.intake ?? null, tracing });
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
