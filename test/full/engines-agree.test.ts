import { readFileSync } from "node:fs";
import { join } from "node:path";
import { MODEL_NAMES } from "@touchline/server/contract";
import { closeReader } from "@touchline/sql";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CLUSTER_NAME, type ClickHouseCluster, startClickHouseCluster } from "../support/clickhouse/cluster.ts";
import { type ClickHouseNode, startNode } from "../support/clickhouse/node.ts";
import { type FullWorkspace, fillWorkspace, RANGE, WEEKLY } from "../support/full-workspace.ts";
import { drawMixedMarket, writeMixedMarket } from "../support/mixed-market.ts";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";
import { PROCEDURES, WORKSPACE_CALLS } from "../support/procedure-calls.ts";
import { simulateRegionalShop } from "../support/regional-shop.ts";
import { importTrade, tradeInThreeCurrencies } from "../support/three-currencies.ts";
import { setWarehousePlace, unsetWarehousePlace, type WarehousePlace } from "../support/warehouse-place.ts";

/** The same people and files, with the events in a folder, on a server or on two shards. */
interface Side {
  readonly people: PeopleWorld;
  readonly owner: Person;
  readonly full: FullWorkspace;
}

const WORKSPACES = ["north", "trade", "mixed", "regions"] as const;
const BEGUN = Date.now();

let node: ClickHouseNode;
let cluster: ClickHouseCluster;
let inFolder: Side;
let elsewhere: readonly Side[] = [];
/** Ages are asked for at one moment, and what comes later is newer. */
let questionAt: number;

async function fill(): Promise<Side> {
  const people = await openPeopleWorld();
  const { world } = people;
  const owner = await people.person("Northern Owner", Object.fromEntries(WORKSPACES.map((name) => [name, "owner"])));
  const importInto = (workspace: string, kind: string, content: string) =>
    world.json("import", kind, world.file(`${workspace}-${kind}.csv`, content), "--workspace", workspace);
  await importTrade(world, "trade", tradeInThreeCurrencies("2026-08-01", 90, 900));
  for (const [kind, text] of Object.entries(writeMixedMarket(drawMixedMarket(5))))
    await importInto("mixed", kind, `${text}\n`);
  const regional = simulateRegionalShop(0.2);
  await importInto("regions", "conversions", regional.conversions);
  await importInto("regions", "spend", regional.spend);
  const full = await fillWorkspace(people, owner, "north");
  await importInto("north", "identities", identities());
  await importInto("north", "context", context());
  return { people, owner, full };
}

/** Links of some of the shop's visitors, a device that several people share among them. */
function identities(): string {
  const rows = Array.from({ length: 120 }, (_, n) => {
    const visitor = `v${String(n + 1).padStart(6, "0")}`;
    return `${visitor},person ${n % 80},2026-09-${String(1 + (n % 28)).padStart(2, "0")}T08:00:00Z`;
  });
  return ["visitor_id,person_id,linked_at", ...rows, ""].join("\n");
}

/** Values whose mean over regions is no round number, in no order. */
function context(): string {
  const rows = Array.from({ length: 300 }, (_, n) => {
    const day = new Date(Date.UTC(2026, 8, 2 + (n % 58))).toISOString().slice(0, 10);
    return `${day},rain,${(((n * 7919) % 1000) / 7).toFixed(6)},region ${n % 11}`;
  });
  const promotion = Array.from({ length: 14 }, (_, n) => `2026-09-${10 + n},promotion,${n < 7 ? 1 : 0},`);
  return ["date,name,value,region", ...rows, ...promotion, ""].join("\n");
}

async function fillAt(place: WarehousePlace): Promise<Side> {
  setWarehousePlace(place);
  try {
    return await fill();
  } finally {
    unsetWarehousePlace();
  }
}

beforeAll(async () => {
  [node, cluster] = await Promise.all([startNode(), startClickHouseCluster({ isRelayed: true })]);
  elsewhere = [
    await fillAt({ nodes: [node.url] }),
    await fillAt({ nodes: cluster.nodes.map(({ url }) => url), cluster: CLUSTER_NAME }),
  ];
  // Files for servers are read by an engine in memory, and there can be only one engine in a process.
  await closeReader();
  inFolder = await fill();
  questionAt = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: questionAt });
}, 300_000);
afterAll(async () => {
  vi.useRealTimers();
  for (const { people } of elsewhere) await people.close();
  await inFolder?.people.close();
  await node?.stop();
  await cluster?.stop();
});

/** What differs from one making of a world to the next: ids that are drawn, the time of day, the folder. */
function withoutChance(text: string, { people }: Side): string {
  return text
    .replaceAll(people.world.folder, "FOLDER")
    .replaceAll(people.url, "URL")
    .replaceAll(/touchline-full-\w+/g, "SHOP")
    .replaceAll(/,(?=["{[])/g, ",\n")
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replaceAll(/"seconds":\s*[\d.e-]+/g, '"seconds": 0')
    .replaceAll(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?/g, (moment) => {
      const at = Date.parse(moment.endsWith("Z") || /[+-]\d\d:\d\d$/.test(moment) ? moment : `${moment}Z`);
      return at >= BEGUN - 60_000 && at <= questionAt + 60_000 ? "NOW" : moment;
    });
}

/** Puts one question to all. @returns the common answer, to the digit */
async function agreed(ask: (side: Side) => Promise<string>): Promise<string> {
  questionAt += 5_000;
  vi.setSystemTime(questionAt);
  const expected = withoutChance(await ask(inFolder), inFolder);
  for (const side of elsewhere) {
    vi.setSystemTime(questionAt);
    expect(withoutChance(await ask(side), side)).toBe(expected);
  }
  return expected;
}

const inWorkspace = (workspace: string, questions: readonly string[]) =>
  questions.map((question) => [workspace, question] as const);
const everyModel = (more = "") => MODEL_NAMES.map((model) => `attribute --model ${model}${more}`);

const COMMANDS = [
  ...inWorkspace("north", [
    ...everyModel(),
    ...everyModel(" --by campaign --date-basis touch").filter((each) => !each.includes("incremental")),
    "attribute --model markov --order 2 --by creative",
    "attribute --model last --lookback-days 7",
    "curves",
    "curves --by campaign",
    "optimise",
    "optimise --budget 2500 --period month --max-change 30",
    "optimise --objective profit --exact --budget 900",
    "optimise --frontier --at 500,1000,2000",
    "optimise --weeks 4",
    "quality",
    "health",
    "journeys --top 40",
    "journeys --by campaign --repeats --converted-only",
    "identities",
    "settings",
    "rejected",
    "imports",
    "experiments list",
    "experiments suggest",
    "report roi --from 2026-09-05 --to 2026-10-20 --level campaign --compare year",
  ]),
  ...inWorkspace("trade", [
    ...everyModel().filter((each) => !/incremental|logistic/.test(each)),
    "report roi --from 2026-09-01 --to 2026-09-30",
    "report roi --from 2026-08-01 --to 2026-09-30 --level month --model markov",
    "report plan --from 2026-08 --to 2026-09",
    "health",
    "journeys",
  ]),
  ...inWorkspace("mixed", [...everyModel().filter((each) => !/incremental/.test(each)), "journeys", "health"]),
  ...inWorkspace("regions", ["health", "curves", "experiments design --channel Radio"]),
];

test.each(COMMANDS)("%s: touchline %s", async (workspace, question) => {
  const answer = await agreed(async ({ people }) => {
    const { exitCode, stdout, stderr } = await people.world.run(
      ...question.split(" "),
      ...["--workspace", workspace, "--json"],
    );
    return `${exitCode}\n${stdout}\n${stderr}`;
  });
  expect(answer).toMatch(/^[01]\n\{|^[01]\n\[/);
});

test.each([
  ["attribution.compare", { range: RANGE, models: MODEL_NAMES }],
  ["planning.propose", { ...WEEKLY, period: "month", budget: 3000, maxChange: 0.4 }],
  ["performance.breakdown", { range: RANGE, model: "markov", by: "device" }],
  ["performance.overview", { range: RANGE, model: "incremental" }],
  ["data.imports", { limit: 50 }],
] as const)("the dashboard's %s with more of it", async (path, input) => {
  const answer = await agreed(async ({ owner }) => {
    const { code, message } = await owner.caller.call(path, input, { workspace: "north" });
    return `${code}\n${message}`;
  });
  expect(answer).toMatch(/^null\n/);
});

/** Some read files, for which there is one engine in this process, the folder's; some tell what chance has made. */
const NOT_COMPARED = /^(?:mapping\.(?:describe|preview)|audit\..*|runs\..*)$/;
const QUERIES = PROCEDURES.filter(
  ({ path, type }) => type === "query" && WORKSPACE_CALLS[path] !== undefined && !NOT_COMPARED.test(path),
);

/** Parts of an answer that take long are told to be under way: it is whole once none is. */
const IS_WHOLE = /^(?![\s\S]*"underway":\[")/;

test.each(QUERIES.map(({ path }) => path))("the dashboard's %s", async (path) => {
  const answer = await agreed(async ({ full, owner }) => {
    const input = await WORKSPACE_CALLS[path]!.input?.(full, owner);
    const ask = () => owner.caller.call(path, input, { workspace: "north" });
    let answered = await ask();
    await expect
      .poll(
        async () => {
          if (!IS_WHOLE.test(answered.message)) answered = await ask();
          return answered.message;
        },
        { timeout: 120_000, interval: 500 },
      )
      .toMatch(IS_WHOLE);
    const { status, code, message } = answered;
    return JSON.stringify({ status, code, message }, null, 1);
  });
  expect(answer).toContain('"status"');
});

test("the report for finance as a file", async () => {
  const answer = await agreed(async ({ people }) => {
    const path = join(people.world.folder, "report.csv");
    const words = "report roi --from 2026-09-01 --to 2026-09-30 --workspace trade --format csv".split(" ");
    expect((await people.world.run(...words, "--out", path)).exitCode).toBe(0);
    return readFileSync(path, "utf8");
  });
  expect(answer.split("\n").length).toBeGreaterThan(10);
});

test("what stands in the ledger of runs", async () => {
  const answer = await agreed(async ({ owner: { caller } }) => {
    const { runs } = await caller.ask<{ runs: { run: string }[] }>("runs.list", { limit: 1000 });
    const shown = await Promise.all(runs.map(({ run }) => caller.ask("runs.show", { run })));
    // Models that were asked for together begin in any order.
    return shown
      .map((run) => JSON.stringify({ ...(run as object), run: undefined }))
      .sort()
      .join("\n");
  });
  expect(answer.split("\n").length).toBeGreaterThan(10);
});
