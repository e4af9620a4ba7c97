import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { MODEL_NAMES } from "@touchline/server/contract";
import { claimImport, openWarehouse } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ClickHouseNode, startNode } from "../support/clickhouse/node.ts";
import { runTouchline, startServer } from "../support/process.ts";
import { ownerOf } from "../support/sign-in.ts";
import { BAD_CSV_LINES, BAD_NDJSON_LINES, type SampleFiles, writeSampleFiles } from "./sample-files.ts";

/** Where a command finds its data: in a folder, or on the server that the environment names. */
interface Place {
  readonly data: string;
  readonly env: Readonly<Record<string, string>>;
}

const ImportReport = z.looseObject({
  file: z.string(),
  unchanged: z.boolean(),
  received: z.number(),
  stored: z.number(),
  duplicates: z.number(),
  rejected: z.number(),
  seconds: z.number(),
  reasons: z.array(z.object({ step: z.string(), reason: z.string(), rows: z.number(), firstLine: z.number() })),
});
type ImportReport = z.infer<typeof ImportReport>;
const ImportAnswer = z.object({ imports: z.array(ImportReport) });

const BAD_LINES = Object.keys(BAD_CSV_LINES).length + Object.keys(BAD_NDJSON_LINES).length;
/** Which people are sampled, and into which part they are dealt, follows from the hash of their ids. */
const SECRET = { TOUCHLINE_SECRET: "the same on every machine" };
const RUN_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

let folder: string;
let server: ClickHouseNode;
let files: SampleFiles;

/** Runs a command that must succeed. @returns what it printed */
async function answerOf(place: Place, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runTouchline([...argv, "--data", place.data, "--json"], {
    env: place.env,
  });
  if (exitCode !== 0) throw new Error(`touchline ${argv.join(" ")} ended with ${exitCode}: ${stderr}`);
  return stdout;
}

async function importOf(place: Place, kind: string, ...paths: string[]): Promise<ImportReport[]> {
  return ImportAnswer.parse(JSON.parse(await answerOf(place, "import", kind, ...paths))).imports;
}

/** A place of its own on the server, with nothing in it. */
async function emptyPlace(name: string): Promise<Place> {
  const data = join(folder, name);
  mkdirSync(data);
  return { data, env: { CLICKHOUSE_URL: await server.createDatabase(name), ...SECRET } };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-full-"));
  server = await startNode();
  files = await writeSampleFiles(folder, server);
});
afterAll(async () => {
  try {
    await server?.stop();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe("the same files on a ClickHouse server and in a data folder", () => {
  // Days begin at another moment than on the server, in this process or in the files.
  const setUp = (place: Place) => answerOf(place, "settings", "--time-zone", "Europe/Paris");
  const importAll = async (place: Place): Promise<ImportReport[]> => [
    ...(await importOf(place, "touchpoints", files.touchpoints)),
    ...(await importOf(place, "conversions", ...files.conversions)),
    ...(await importOf(place, "spend", files.spend)),
  ];
  const untimed = (reports: readonly ImportReport[]) => reports.map(({ seconds: _seconds, ...report }) => report);
  const storedRows = () =>
    server.rows(`
      SELECT toUInt32(count()) AS touchpoints,
        (SELECT toUInt32(count()) FROM shop.conversions) AS conversions,
        (SELECT toUInt32(count()) FROM shop.spend FINAL) AS spend
      FROM shop.touchpoints`);
  let onServer: Place;
  let inFolder: Place;
  let reports: { server: ImportReport[]; folder: ImportReport[] };

  beforeAll(async () => {
    onServer = await emptyPlace("shop");
    inFolder = { data: join(folder, "embedded"), env: SECRET };
    await Promise.all([setUp(onServer), setUp(inFolder)]);
    const [there, here] = await Promise.all([importAll(onServer), importAll(inFolder)]);
    reports = { server: there, folder: here };
  });

  test("are imported with the same report, whether CSV, gzipped NDJSON or Parquet", async () => {
    expect(untimed(reports.server)).toEqual(untimed(reports.folder));
    expect(reports.server.map(({ file, rejected }) => [basename(file), rejected])).toEqual([
      ["touchpoints.csv", 0],
      ["conversions-1.csv", 3],
      ["conversions-2.ndjson.gz", 2],
      ["conversions-3.parquet", 0],
      ["spend.csv", 0],
    ]);
    expect(await storedRows()).toEqual([files.counts]);
  });

  test("leave their refused rows there with line, reason and text", async () => {
    const rejected = z
      .array(z.object({ file: z.string(), line: z.number(), step: z.string(), reason: z.string(), raw: z.string() }))
      .parse(
        await server.rows(`
          SELECT file, toUInt32(line) AS line, step, reason, raw FROM shop.rejected_rows FINAL ORDER BY file, line`),
      );
    expect(rejected.map(({ file, line, step, reason }) => [basename(file), line, step, reason])).toEqual([
      ["conversions-1.csv", BAD_CSV_LINES.revenue, "validate", expect.stringContaining('revenue "twelve" is not')],
      ["conversions-1.csv", BAD_CSV_LINES.columns, "read", "the row has fewer columns than the header"],
      ["conversions-1.csv", BAD_CSV_LINES.time, "validate", expect.stringContaining('occurred_at "yesterday" is not')],
      [
        "conversions-2.ndjson.gz",
        BAD_NDJSON_LINES.currency,
        "validate",
        expect.stringContaining('currency "euro" is not'),
      ],
      ["conversions-2.ndjson.gz", BAD_NDJSON_LINES.json, "read", "the line is not one JSON object"],
    ]);
    rejected.forEach(({ raw }, i) => {
      expect(raw).toContain(`bad${i + 1}`);
    });
  });

  test("change nothing when they are imported again", async () => {
    const again = await importAll(onServer);
    expect(again.map(({ unchanged, stored }) => ({ unchanged, stored }))).toEqual(
      Array.from({ length: 5 }, () => ({ unchanged: true, stored: 0 })),
    );
    expect(again.map(({ reasons }) => reasons)).toEqual(reports.server.map(({ reasons }) => reasons));
    expect(await storedRows()).toEqual([files.counts]);
  });

  const questions = [
    ...MODEL_NAMES.map((model) => `attribute --model ${model}`),
    "attribute --model markov --order 2 --by campaign --date-basis touch",
    "attribute --model linear --by campaign --lookback-days 7",
    "curves",
    "optimise",
    "optimise --budget 2500 --period month --max-change 30",
    "settings",
  ];
  test.each(questions)("have the same answer to the last digit: %s", async (question) => {
    const argv = question.split(" ");
    const [there, here] = await Promise.all([answerOf(onServer, ...argv), answerOf(inFolder, ...argv)]);
    expect(there.replaceAll(RUN_ID, "run")).toBe(here.replaceAll(RUN_ID, "run"));
    if (argv[0] === "attribute") {
      const { totals } = z.object({ totals: z.object({ conversions: z.number() }) }).parse(JSON.parse(there));
      expect(totals.conversions).toBe(files.counts.conversions);
    }
  });

  test("are served from there", async () => {
    const running = await startServer(["serve", "--data", onServer.data], { env: onServer.env });
    let exitCode: number | null;
    try {
      const ready = await fetch(`${running.url}/readyz`);
      expect(await ready.json()).toEqual({ status: "ready", problems: {} });
      const owner = await ownerOf(running);
      expect(await owner.ask("workspace.status")).toMatchObject({
        ...{ timeZone: "Europe/Paris", currency: "EUR", rows: { ...files.counts, rejected: BAD_LINES } },
      });
      owner.close();
    } finally {
      exitCode = await running.stop();
    }
    expect(exitCode).toBe(0);
  });
});

describe("several processes at once on one ClickHouse server", () => {
  test("can begin with an empty database and import different files", async () => {
    const place = await emptyPlace("together");
    // Machines that share a warehouse share the secret that visitor ids are hashed with.
    const env = { ...place.env, ...SECRET };
    const others = files.halves.map((_half, i) => ({ env, data: join(place.data, String(i)) }));
    const reports = (
      await Promise.all(files.halves.map(({ path }, i) => importOf(others[i]!, "touchpoints", path)))
    ).flat();
    expect(reports.map(({ stored, rejected }) => ({ stored, rejected }))).toEqual(
      files.halves.map(({ rows }) => ({ stored: rows, rejected: 1 })),
    );
    const imports = await server.rows(`
      SELECT file, state, rows, badLine
      FROM together.imports FINAL
      LEFT JOIN (SELECT import_id, toUInt32(count()) AS rows FROM together.touchpoints GROUP BY import_id) AS held
        USING (import_id)
      LEFT JOIN (SELECT import_id, toUInt32(line) AS badLine FROM together.rejected_rows FINAL) AS refused
        USING (import_id)
      ORDER BY file`);
    expect(imports).toEqual(
      files.halves.map(({ path, rows }) => ({ file: path, state: "done", rows, badLine: rows + 2 })),
    );
    expect(
      await server.rows("SELECT name FROM system.tables WHERE database = 'together' AND name LIKE 'staging%'"),
    ).toEqual([]);
  });

  test("build journeys at the same time without doubling any", async () => {
    const place = await emptyPlace("journeys_at_once");
    await importOf(place, "touchpoints", files.touchpoints);
    const [conversions] = await importOf(place, "conversions", files.conversions[2]!);
    const answers = await Promise.all(
      ["last", "first", "linear"].map((model) => answerOf(place, "attribute", "--model", model)),
    );
    for (const answer of answers) {
      const { totals, baseline, channels } = JSON.parse(answer) as {
        totals: { conversions: number };
        baseline: { conversions: number };
        channels: { conversions: number }[];
      };
      expect(totals.conversions).toBe(conversions!.stored);
      expect(baseline.conversions).toBeGreaterThanOrEqual(0);
      expect(channels.reduce((sum, each) => sum + each.conversions, baseline.conversions)).toBeCloseTo(
        totals.conversions,
        9,
      );
    }
  });

  test("never share the number of an import", async () => {
    const { CLICKHOUSE_URL: url } = (await emptyPlace("numbers")).env;
    const warehouses = await Promise.all(
      [1, 2, 3].map(() => openWarehouse({ kind: "server", url: url! }, Buffer.alloc(32, 1))),
    );
    try {
      const claims = warehouses.flatMap((warehouse) =>
        Array.from({ length: 8 }, () => claimImport(warehouse.in("default"), "spend")),
      );
      const numbers = await Promise.all(claims);
      expect(new Set(numbers).size).toBe(claims.length);
    } finally {
      await Promise.all(warehouses.map((warehouse) => warehouse.close()));
    }
  });
});

describe("one warehouse on a ClickHouse server", () => {
  const open = (url: string) => openWarehouse({ kind: "server", url }, Buffer.alloc(32, 1));

  test.each([1_000, 20_000, 200_000])("binds lists of %d values, in questions and in commands", async (length) => {
    const warehouse = await open((await emptyPlace(`lists_${length}`)).env.CLICKHOUSE_URL!);
    try {
      const { engine } = warehouse.in("default");
      const values = Array.from({ length }, (_, i) => `it's visitor-${i}`);
      const asked = "SELECT toString(length({values:Array(String)})) AS n, {values:Array(String)}[-1] AS last";
      const expected = [{ n: String(length), last: values.at(-1) }];
      expect(await engine.rows("list", asked, { values })).toEqual(expected);
      expect(await engine.rowsAside("list-aside", asked, { values })).toEqual(expected);
      await engine.run("make-list", "CREATE TABLE lists (n String, last String) ENGINE = MergeTree ORDER BY n");
      await engine.run("keep-list", `INSERT INTO lists ${asked}`, { values });
      expect(await engine.rows("kept-list", "SELECT n, last FROM lists")).toEqual(expected);
    } finally {
      await warehouse.close();
    }
  });

  test("goes on when the server was killed and is back, with all that was acknowledged", async () => {
    const dir = join(folder, "killed-server");
    mkdirSync(dir);
    let node = await startNode({ dir });
    const warehouse = await open(await node.createDatabase("killed"));
    try {
      const { engine } = warehouse.in("default");
      await engine.run("make-kept", "CREATE TABLE kept (n UInt32) ENGINE = MergeTree ORDER BY n");
      for (let n = 0; n < 20; n++) await engine.run("keep", "INSERT INTO kept SELECT {n:UInt32}", { n });
      const underway = engine.rows("sleep", "SELECT sleepEachRow(1) FROM numbers(60) SETTINGS max_block_size = 1");
      await expect.poll(() => engine.progress("sleep")).not.toBeNull();
      await Promise.all([expect(underway).rejects.toMatchObject({ kind: "retry" }), node.kill()]);
      await expect(engine.rows("down", "SELECT 1")).rejects.toMatchObject({ kind: "retry", code: "WAREHOUSE_AWAY" });
      node = await startNode({ dir, ports: node.ports });
      // That it is back is noticed within a second or so.
      await expect
        .poll(() => engine.rows("kept", "SELECT toString(sum(n)) AS total FROM kept").catch(() => null))
        .toEqual([{ total: "190" }]);
      await engine.run("keep", "INSERT INTO kept SELECT 10");
      expect(await engine.rows("kept", "SELECT toString(sum(n)) AS total FROM kept")).toEqual([{ total: "200" }]);
    } finally {
      await warehouse.close();
      await node.stop();
    }
  });
});

describe("a CLICKHOUSE_URL that cannot be used is told in one sentence", () => {
  const neighbours: Server[] = [];
  const portOf = (neighbour: Server): Promise<number> =>
    new Promise((done) => {
      neighbours.push(neighbour);
      neighbour.listen(0, "127.0.0.1", () => done((neighbour.address() as AddressInfo).port));
    });
  afterAll(() => {
    for (const neighbour of neighbours) neighbour.close();
  });
  let databaseUrl: string;
  beforeAll(async () => {
    databaseUrl = (await emptyPlace("unused")).env.CLICKHOUSE_URL!;
  });

  test.concurrent.each<[string, () => Promise<string>, RegExp]>([
    ["nothing listens there", async () => "http://127.0.0.1:1", /ECONNREFUSED/],
    ["it is no address", async () => "localhost", /write it like http:/],
    ["the password is wrong", async () => databaseUrl.replace("//", "//somebody:top-secret@"), /Authentication failed/],
    ["there is no such database", async () => `${databaseUrl}_gone`, /Database unused_gone does not exist/],
    [
      "a web page answers",
      async () =>
        `http://127.0.0.1:${await portOf(createHttpServer((_question, answer) => void answer.end("<html>")))}`,
      /not ClickHouse/,
    ],
    [
      "nobody ever answers",
      async () => `http://127.0.0.1:${await portOf(createServer())}`,
      /it did not answer within 10 s/,
    ],
  ])("%s", async (_case, url, reason) => {
    const { exitCode, stdout, stderr } = await runTouchline(["attribute", "--data", join(folder, "nowhere")], {
      env: { CLICKHOUSE_URL: await url() },
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toMatch(/^touchline: the ClickHouse server at [^\n]+ cannot be used: [^\n]+\n$/);
    expect(stderr).toMatch(reason);
    expect(stderr).not.toContain("top-secret");
  });
});
