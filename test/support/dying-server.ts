/**
 * `touchline serve` that kills itself, or is cut off from its database, while it approves a proposal.
 *   dying-server.ts DATA MOMENT …
 * MOMENT is `begin` (the transaction is open and nothing is written), `change` (the decision is written and its audit entry is not),
 * `entry` (both are written and not committed), `answer` (all of it is done and nobody has been told), `cut` (as `entry`, but the
 * connections to PostgreSQL end in place of the process), or `never`. It is passed once the file DATA/armed is there.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { serve } from "../../server/src/cli/serve.ts";
import { WorkspaceStore } from "../../server/src/store/index.ts";

const [data = "", moment = ""] = process.argv.slice(2);
const isArmed = () => existsSync(join(data, "armed"));

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

async function cutConnections(): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await client.end();
}

let wasCut = false;
const type = WorkspaceStore.prototype;
const { audit, transaction } = type;
type.transaction = async function (work) {
  let hasDecided = false;
  const result = await transaction.call(this, async (store, db) => {
    if (moment === "begin" && isArmed()) await die();
    store.audit = async (entry) => {
      const isDecision = entry.action === "proposals.approve" && isArmed();
      if (isDecision && moment === "change") await die();
      const head = await audit.call(store, entry);
      if (isDecision && moment === "entry") await die();
      if (isDecision && moment === "cut" && !wasCut) {
        wasCut = true;
        await cutConnections();
      }
      hasDecided ||= isDecision;
      return head;
    };
    return work(store, db);
  });
  if (hasDecided && moment === "answer") await die();
  return result as never;
};

const io = {
  cwd: process.cwd(),
  stdout: (text: string) => void process.stdout.write(text),
  stderr: (text: string) => void process.stderr.write(text),
  ...{ isWatched: false, columns: 100, fileNames: {} },
};
process.exitCode = await serve({ data, port: 0, host: "127.0.0.1", workspace: "default", open: false }, io);
