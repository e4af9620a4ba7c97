import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startClickHouseCluster } from "../support/clickhouse/cluster.ts";
import { startNode } from "../support/clickhouse/node.ts";
import { runTouchline } from "../support/process.ts";
import { writeMarket } from "./incremental-model.ts";

const TOUCHES = "1000000";
const TARGETS = { readLeast: 0.45, readMost: 0.55, travelled: 0.01 };
const SECRET = { TOUCHLINE_SECRET: "the same on every machine" };
const RUN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** What does not depend on when it was asked. */
const untimed = (answer: string) =>
  answer.replaceAll(RUN_ID, "run").replaceAll(/"(?:seconds|[a-zA-Z]*At)":\s*(?:"[^"]*"|[\d.]+)/g, '"time"');

const QUESTIONS = {
  "journeys built and read": ["journeys"],
  "markov, with its credit": ["attribute", "--model", "markov"],
  "linear by campaign": ["attribute", "--model", "linear", "--by", "campaign"],
  "incremental, with its credit": ["attribute", "--model", "incremental"],
  "incremental, read again": ["attribute", "--model", "incremental"],
};

type Print = (line: string) => void;
type Ask = (sql: string) => Promise<string>;

/** What a node has read and sent so far. */
interface Counters {
  /** From its own tables: the rows that a query selects count those of other nodes too. */
  readonly rows: number;
  readonly bytes: number;
  readonly sent: number;
}

async function countersOf(ask: Ask): Promise<Counters> {
  const sum = (...events: string[]) => `sumIf(value, event IN (${events.map((event) => `'${event}'`).join(", ")}))`;
  const rows = sum("RowsReadByMainReader", "RowsReadByPrewhereReaders");
  const text = await ask(
    `SELECT ${rows}, ${sum("SelectedBytes")}, ${sum("NetworkSendBytes")} FROM system.events FORMAT TSV`,
  );
  const [read, bytes, sent] = text.trim().split("\t").map(Number) as [number, number, number];
  return { rows: read, bytes, sent };
}

const since = (before: Counters, after: Counters): Counters => ({
  rows: after.rows - before.rows,
  bytes: after.bytes - before.bytes,
  sent: after.sent - before.sent,
});

interface Place {
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
  readonly nodes: readonly Ask[];
}

/** Runs a command at a place. @returns its answer, and what each node did for it @throws Error with what it said when it fails */
async function measure(place: Place, argv: readonly string[]): Promise<{ answer: string; nodes: Counters[] }> {
  const before = await Promise.all(place.nodes.map(countersOf));
  const { exitCode, stdout, stderr } = await runTouchline([...argv, "--data", place.data, "--json"], {
    env: place.env,
  });
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  const after = await Promise.all(place.nodes.map(countersOf));
  return { answer: stdout, nodes: after.map((each, i) => since(before[i]!, each)) };
}

const percent = (share: number, digits = 1) => `${(100 * share).toFixed(digits)} %`;

/** @returns whether the targets are kept */
function printShares(print: Print, name: string, alone: Counters, [first, second]: Counters[]): boolean {
  const shares = [first!, second!].map(({ rows }) => rows / alone.rows);
  // What the second node sends goes to the first, but for what little it says of its own schema.
  const travelled = second!.sent / alone.bytes;
  const isHalved = shares.every((share) => share >= TARGETS.readLeast && share <= TARGETS.readMost);
  const staysHome = travelled <= TARGETS.travelled;
  print(
    `  ${name.padEnd(30)}${(alone.rows / 1e6).toFixed(1).padStart(8)}${shares.map((share) => percent(share).padStart(10)).join("")}${percent(travelled, 2).padStart(12)}   ${isHalved && staysHome ? "kept" : "MISSED"}`,
  );
  return isHalved && staysHome;
}

/**
 * The same data on one ClickHouse server and on two shards: `npm run bench -- cluster [--touches 1000000]`. Every question by the public
 * command on both: its answers must be equal to the digit, each shard should read half of what the one server reads, and little of what
 * is read may travel from the second shard to the first. Rows and bytes are the engine's own counters.
 */
export async function benchCluster(print: Print): Promise<void> {
  const { values } = parseArgs({
    allowPositionals: true,
    options: { touches: { type: "string", default: TOUCHES } },
  });
  const folder = mkdtempSync(join(tmpdir(), "touchline-bench-"));
  const [server, cluster] = await Promise.all([startNode(), startClickHouseCluster()]);
  try {
    const place = (name: string, env: Record<string, string>, nodes: Ask[]): Place => {
      mkdirSync(join(folder, name));
      return { data: join(folder, name), env: { ...SECRET, ...env }, nodes };
    };
    const one = place("one", { CLICKHOUSE_URL: await server.createDatabase("bench") }, [
      async (sql) => (await server.query(sql)).toString("utf8"),
    ]);
    const two = place(
      "two",
      await cluster.createDatabase("bench"),
      cluster.nodes.map((node) => (sql) => node.query(sql)),
    );
    for (const [kind, path] of Object.entries(await writeMarket(folder, Number(values.touches)))) {
      for (const each of [one, two]) await measure(each, ["import", kind, path]);
      rmSync(path);
    }
    print(`${Number(values.touches).toLocaleString("en-US")} touchpoints on one server and on two shards`);
    print(
      `  ${"".padEnd(30)}${"M rows".padStart(8)}${["shard 1", "shard 2"].map((n) => n.padStart(10)).join("")}${"travelled".padStart(12)}`,
    );
    let isKept = true;
    for (const [name, argv] of Object.entries(QUESTIONS)) {
      const alone = await measure(one, argv);
      const shared = await measure(two, argv);
      isKept = printShares(print, name, alone.nodes[0]!, shared.nodes) && isKept;
      if (untimed(alone.answer) !== untimed(shared.answer)) {
        print(`  ${name}: the answers differ`);
        isKept = false;
      }
    }
    print(
      `  rows read by each shard, of those that one server reads: target ${percent(TARGETS.readLeast, 0)} to ${percent(TARGETS.readMost, 0)}; bytes that travel, of those read: at most ${percent(TARGETS.travelled, 0)}`,
    );
    if (!isKept) process.exitCode = 1;
  } finally {
    await Promise.all([server.stop(), cluster.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
