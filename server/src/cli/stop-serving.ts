import type { Server } from "node:http";
import { stopSeconds } from "../configuration/index.ts";
import type { House } from "../house/index.ts";
import type { Intake } from "../intake/index.ts";
import { log } from "../log.ts";
import type { Tracing } from "../operations/index.ts";

import { settleWithin } from "../settle-within.ts";

type Closable = { close(done: () => void): unknown };

export interface Serving {
  readonly server: Server;
  /** The socket of commands from other terminals; null where there is none. */
  readonly commands: Closable | null;
  /** How each job in the background is stopped, at its next step. */
  readonly jobs: readonly (() => Promise<unknown>)[];
  readonly house: House;
  readonly intake: Intake | null;
  /** Undefined where nobody follows requests. */
  readonly tracing: Tracing | undefined;
}

/** Rests that nobody waits for any longer have this long to let go of the folder. */
const CLOSE_WITHIN_MS = 5_000;
const IDLE_CHECK_MS = 200;

const closed = (server: Closable): Promise<void> => new Promise((done) => server.close(() => done()));

/** For a server that has served nobody yet. */
export async function closeAtOnce(server: Server): Promise<void> {
  const closing = closed(server);
  server.closeAllConnections();
  await closing;
}

/**
 * Takes no new connections, stores and answers what was accepted, lets requests, commands and jobs end, then closes. What still runs
 * when the time is over is cut off: nothing that was acknowledged stands in memory alone.
 */
export async function stopServing(serving: Serving, limitMs = stopSeconds() * 1_000): Promise<void> {
  const { server, commands, jobs, house, intake, tracing } = serving;
  const ends = [closed(server), ...(commands === null ? [] : [closed(commands)])];
  // Connections that their senders keep open for a next request would hold up the stop until its limit.
  server.closeIdleConnections();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const jobsEnd = jobs.map((stop) =>
    stop().catch((error: unknown) => log.error({ err: error }, "a job in the background failed while it stopped")),
  );
  const rest = [...(intake === null ? [] : [intake.close()]), ...jobsEnd];
  const settled = await settleWithin(Promise.all([...ends, ...rest]), limitMs);
  clearInterval(idle);
  if (settled.kind === "underway")
    log.warn({ seconds: limitMs / 1_000 }, "what still ran was cut off: the time to stop was over");
  server.closeAllConnections();
  await settleWithin(tracing?.close() ?? Promise.resolve(), CLOSE_WITHIN_MS);
  const put = await settleWithin(house.close(), CLOSE_WITHIN_MS);
  if (put.kind === "failed") throw put.error;
  if (settled.kind === "ready" && put.kind === "ready") return;
  process.exit(0); // Work that does not end would keep the process.
}
