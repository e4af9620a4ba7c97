/**
 * `touchline rebalance` at a time of one's own, in a process that kills itself at a moment that no test can hit from outside.
 *   rebalance-process.ts FOLDER NOW MOMENT ARGV…
 * MOMENT is `never`, or `before N` and `after N` (the Nth time that it writes down how far the run is), `started` (the run is written
 * and not committed), `proposed` (the proposal is written, and the run does not say so yet), `told` (both and the audit are written and
 * not committed) or `ended` (all of it is committed, and nobody has been told).
 */
import { runCommandLine } from "@touchline/server/cli";
import { openHouse } from "@touchline/server/house";
import { proposals, rebalancingRuns, WorkspaceStore } from "../../server/src/store/index.ts";

const [folder = "", now = "", moment = "", ...argv] = process.argv.slice(2);

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const type = WorkspaceStore.prototype;
const { update, insert, audit, transaction } = type;
let written = 0;
type.update = async function (table, change, where) {
  const isRun = (table as unknown) === rebalancingRuns;
  if (isRun && moment === `before ${++written}`) await die();
  const rows = await update.call(this, table, change as never, where);
  if (isRun && moment === `after ${written}`) await die();
  return rows as never;
};
type.insert = async function (table, row) {
  const inserted = await insert.call(this, table, row as never);
  if ((table as unknown) === proposals && moment === "proposed") await die();
  return inserted as never;
};
let hasEnded = false;
type.audit = async function (entry) {
  const head = await audit.call(this, entry);
  if (entry.action === "rebalancing.start" && moment === "started") await die();
  if (entry.action === "rebalancing.proposed") {
    if (moment === "told") await die();
    hasEnded = true;
  }
  return head;
};
type.transaction = async function (work) {
  const result = await transaction.call(this, work);
  if (hasEnded && moment === "ended") await die();
  return result as never;
};

const house = await openHouse({
  ...{ dataFolder: folder, serverUrl: process.env.CLICKHOUSE_URL, databaseUrl: process.env.DATABASE_URL },
});
const io = {
  cwd: process.cwd(),
  stdout: (text: string) => void process.stdout.write(text),
  stderr: (text: string) => void process.stderr.write(text),
  ...{ isWatched: false, columns: 100, fileNames: {}, now: () => new Date(now) },
};
const refuse = () => Promise.reject(new Error("not here"));
process.exitCode = await runCommandLine(argv, {
  io,
  withHouse: (_folder, work) => work(house),
  serve: refuse,
  demo: refuse,
});
await house.close();
