import { randomUUID } from "node:crypto";
import { declaredQueries } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { openWorld, type World } from "../support/world.ts";

/** One value for every parameter that a question or statement can have. */
const SAMPLE: Readonly<Record<string, unknown>> = {
  from: "2026-01-01",
  to: "2026-01-31",
  timeZone: "Europe/Paris",
  lookbackDays: 30,
  viewDays: null,
  conversionTypes: [],
  customers: "",
  journeySet: "none",
  level: "campaign",
  inChannel: false,
  channelName: "",
  inCampaign: false,
  campaignName: "",
  starts: ["2026-01-01", "2026-01-05"],
  ends: ["2026-01-07", "2026-01-31"],
  oneOf: 1,
  part: "all",
  asSets: false,
  dateBasis: "conversion",
  byCampaign: true,
  runId: "no such run",
  kind: "touchpoints",
  fingerprint: "none",
  parametersKey: "none",
  revision: 1,
  step: "none",
  share: 0,
  reason: "",
  creditPrint: "",
  finishedAt: null,
  idPrefix: "",
  keepLast: 0,
  keepOfEach: 1,
  runIds: ["no such run"],
  names: ["frame"],
  note: "pin",
  value: "kept",
  setBy: "nobody",
  parameters: "{}",
  watermark: "none",
  codeVersion: "0",
  fit: "{}",
  importId: 4_000_000,
  afterImport: 1,
  state: "started",
  file: "f",
  received: 0,
  stored: 0,
  duplicates: 0,
  replaced: 0,
  rejected: 0,
  filtered: 0,
  startedAt: "2026-01-01T00:00:00Z",
  owner: "nobody:1",
  currency: "EUR",
  simulated: false,
  visitors: 0,
  persons: 0,
  sharedVisitors: 0,
  refusedLinks: 0,
  halfLifeDays: 7,
  firstShare: 0.4,
  lastShare: 0.4,
  channelNames: ["Search"],
  channelWeights: [1],
  liveUntilMs: 1_800_000_000_000,
  soldFrom: "2026-01-01",
  soldTo: "2026-01-31",
  settingName: "retention",
  settingValue: "{}",
  keyHash: "none",
  keyName: "none",
  hint: "none",
  source: "",
  transport: "file",
  changes: "",
  now: new Date().toISOString(),
  days: 30,
  lateHours: 48,
  mostTouches: 1,
  dataMonths: 25,
  convertedOnly: false,
  minTouches: 1,
  ofChannel: null,
  collapse: true,
  maxSteps: 3,
  orderBy: "conversions",
  measured: "time",
  edges: [3_600_000],
  openFrom: "2026-01-01",
  fromEnd: false,
  flowSteps: 3,
  ofSource: null,
  ofKind: null,
  ofReason: null,
  ofState: null,
  limit: 100,
  offset: 0,
  channels: ["Search"],
  reaching: [0],
  visits: [0],
  oneIn: 1,
  skippedDays: 0,
  momentsEach: 2,
  sizeEdges: [1, 3],
  earlierEdges: [0, 3_600, 864_000],
  laterEdges: [0, 864_000],
  channel: "Search",
  conversionType: "",
  experimentId: "none",
  model: "markov",
  firstDay: "2026-01-01",
  until: "2026-01-31",
  lastDay: "2026-01-31",
  grace: 14,
  coveredFrom: "",
  coveredTo: "",
};

function sampleFor(params: z.ZodObject, known: Readonly<Record<string, unknown>> = SAMPLE): Record<string, unknown> {
  return Object.fromEntries(
    Object.keys(params.shape).map((name) => {
      if (!(name in known)) throw new Error(`the test knows no value for the parameter ${name}`);
      return [name, known[name]];
    }),
  );
}

const { questions, statements } = declaredQueries();

/** Import numbers count through all workspaces, so this answer is meant to change with the neighbours. */
const SHARED = new Set(["last-import"]);
/** Every import of workspace one has ended and balances, came from a file, and holds no claims of platforms, adjustments or identities; its journeys and its run are new. */
const EMPTY = new Set([
  "incremental-untouched-days",
  "unused-journey-sets",
  "unfinished-runs",
  "prunable-runs",
  "unfinished-forgetting",
  "unfinished-imports",
  "health-unbalanced-imports",
  "health-late-events",
  "health-platform-days",
  "platform-claims",
  "health-orphan-adjustments",
  "health-identities",
  "spend-twice",
]);

interface Shop {
  readonly visitor: string;
  readonly channel: string;
  readonly revenue: number;
  readonly cost: number;
}
const ONE: Shop = { visitor: "ann", channel: "Search", revenue: 10, cost: 5.5 };
/** The same names with other figures: what adds up, counts or groups too much shows. */
const TWO: Shop = { ...ONE, revenue: 7777, cost: 61 };
const THREE: Shop = { visitor: "eve", channel: "Video", revenue: 30, cost: 480.25 };

async function importShop(world: World, workspace: string, { visitor, channel, revenue, cost }: Shop): Promise<void> {
  await world.json("keys", "create", visitor, "--workspace", workspace);
  await world.json("settings", "--set", `retention.rejectedDays=${Math.ceil(cost) % 400}`, "--workspace", workspace);
  const touchpoints = world.file(
    "t.csv",
    `event_id,occurred_at,visitor_id,channel,campaign,interaction
e1,2026-01-02T10:00:00Z,${visitor},${channel},c,click
e2,2026-01-04T10:00:00Z,${visitor}2,${channel},c,click
e3,no time,${visitor},${channel},c,click
`,
  );
  const conversions = world.file(
    "c.csv",
    `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency
k1,2026-01-03T10:00:00Z,${visitor},purchase,${revenue},EUR
`,
  );
  const spend = world.file(
    "s.csv",
    `date,channel,campaign,cost,currency,impressions
2026-01-02,${channel},c,${cost},EUR,10
`,
  );
  const experiments = world.file(
    "e.csv",
    `experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error
t1,${channel},holdout,2026-01-02,2026-01-03,${cost},0.5,0.1
`,
  );
  const context = world.file("x.csv", `date,name,value\n2026-01-02,price,${cost}\n2026-01-03,price,${cost + 1}\n`);
  for (const [kind, path] of [
    ["context", context],
    ["experiments", experiments],
    ["touchpoints", touchpoints],
    ["conversions", conversions],
    ["spend", spend],
  ] as const) {
    await world.json("import", kind, path, "--workspace", workspace);
  }
  await world.json("attribute", "--workspace", workspace, "--model", "markov", ...ALL_DAYS);
}

const ALL_DAYS = ["--from", "2026-01-01", "--to", "2026-01-31"];

/** The parameters by which workspace one is asked: its own run, its own import, its own channel. */
async function parametersOfOne(world: World): Promise<Record<string, unknown>> {
  const { engine } = (await world.house.workspace("one")).warehouse;
  const one = { w: "one" };
  const [run] = await engine.rows(
    "test",
    `SELECT run_id AS runId, parameters_key AS parametersKey, watermark, code_version AS codeVersion
     FROM runs WHERE workspace_id = {w:String}`,
    one,
  );
  const [imported] = await engine.rows(
    "test",
    "SELECT fingerprint FROM imports FINAL WHERE workspace_id = {w:String} AND kind = 'touchpoints'",
    one,
  );
  const { runId } = run as { runId: string };
  return { ...SAMPLE, ...(run as object), ...(imported as object), runIds: [runId], channelNames: [ONE.channel] };
}

/** Gives another workspace the run and the import of workspace one by their very ids, with other content. */
async function copyIds(world: World, workspace: string): Promise<void> {
  const { engine } = (await world.house.workspace(workspace)).warehouse;
  const copies = [
    `INSERT INTO runs SELECT * REPLACE({w:String} AS workspace_id, '{"foreign":1}' AS fit, revision + 60 AS revision)
     FROM (SELECT * FROM runs WHERE workspace_id = 'one')`,
    `INSERT INTO attribution_credit SELECT * REPLACE({w:String} AS workspace_id, 'foreign' AS channel)
     FROM (SELECT * FROM attribution_credit WHERE workspace_id = 'one')`,
    `INSERT INTO imports SELECT * REPLACE({w:String} AS workspace_id, import_id + 1000 AS import_id, 'foreign' AS file)
     FROM (SELECT * FROM imports FINAL WHERE workspace_id = 'one')`,
    `INSERT INTO imports SELECT * REPLACE({w:String} AS workspace_id, import_id + 2000 AS import_id, 'started' AS state)
     FROM (SELECT * FROM imports FINAL WHERE workspace_id = 'one')`,
    `INSERT INTO rejected_rows SELECT * REPLACE({w:String} AS workspace_id, 'foreign' AS reason)
     FROM (SELECT * FROM rejected_rows FINAL WHERE workspace_id = 'one')`,
  ];
  for (const sql of copies) await engine.run("test", sql, { w: workspace });
  for (const table of ["runs", "attribution_credit", "imports", "rejected_rows"]) {
    const foreign = `SELECT 1 FROM ${table} WHERE workspace_id = {w:String} AND toString(tuple(*)) LIKE '%foreign%' LIMIT 1`;
    expect(await engine.rows("test", foreign, { w: workspace })).toHaveLength(1);
  }
}

async function askEverything(world: World, known: Readonly<Record<string, unknown>>): Promise<Map<string, unknown[]>> {
  const { warehouse } = await world.house.workspace("one");
  const answers = new Map<string, unknown[]>();
  for (const question of questions.values())
    answers.set(question.name, await warehouse.ask(question, sampleFor(question.params, known)));
  return answers;
}

describe("every question to the data", () => {
  let world: World;
  let alone: Map<string, unknown[]>;
  let withNeighbours: Map<string, unknown[]>;
  beforeAll(async () => {
    world = await openWorld();
    await importShop(world, "one", ONE);
    const known = await parametersOfOne(world);
    alone = await askEverything(world, known);
    await importShop(world, "two", TWO);
    await importShop(world, "three", THREE);
    await copyIds(world, "two");
    withNeighbours = await askEverything(world, known);
  });
  afterAll(() => world.close());

  test("there are questions and statements to test", () => {
    expect(questions.size).toBeGreaterThan(15);
    expect(statements.size).toBeGreaterThan(5);
  });

  test.each([...questions.keys()])("%s answers the same whatever other workspaces hold", (name) => {
    const rows = alone.get(name)!;
    if (EMPTY.has(name)) expect(rows).toEqual([]);
    else expect(rows.length).toBeGreaterThan(0);
    if (SHARED.has(name)) expect(withNeighbours.get(name)).not.toEqual(rows);
    else expect(withNeighbours.get(name)).toEqual(rows);
  });

  test.each([...questions.values()].map((each) => [each.name, each] as const))(
    "%s runs on an empty workspace",
    async (_name, question) => {
      const { warehouse } = await world.house.workspace(`empty-${randomUUID().slice(0, 8)}`);
      const rows = await warehouse.ask(question, sampleFor(question.params));
      expect(JSON.stringify(rows)).not.toMatch(/Search|Video|7777/);
    },
  );

  test.each([...statements.values()].map((each) => [each.name, each] as const))(
    "%s is SQL that the engine accepts",
    async (_name, statement) => {
      const { warehouse } = await world.house.workspace("three");
      await expect(warehouse.tell(statement, sampleFor(statement.params))).resolves.toBeUndefined();
    },
  );

  test("the other workspaces' figures never show in a report", async () => {
    const one = (await world.json("attribute", "--workspace", "one", "--model", "last")) as {
      totals: { revenue: string };
      channels: { channel: string; spend: string }[];
    };
    expect(one.totals).toEqual({ conversions: 1, revenue: "10" });
    expect(one.channels.map(({ channel, spend }) => [channel, spend])).toEqual([["Search", "5.5"]]);
  });
});
