import type { Experiments, GeoAnalysis, GeoDesignAnswer, TestSuggestions } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { simulateRegionalShop } from "../support/regional-shop.ts";
import { openWorld, type World } from "../support/world.ts";

const shop = simulateRegionalShop(0.2);
const TEST = ["--test-regions", shop.tested.join(","), "--from", shop.dayOf(76), "--to", shop.dayOf(89)];

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await world.json("import", "conversions", world.file("c.csv", shop.conversions));
  await world.json("import", "spend", world.file("s.csv", shop.spend));
  world.file("panel.csv", shop.panel);
});
afterAll(() => world.close());

const listed = async () => ((await world.json("experiments", "list")) as Experiments).experiments;
const add = (id: string, change: Readonly<Record<string, string>> = {}) => {
  const options = {
    ...{ channel: "Search", method: "holdout", from: "2026-02-01", to: "2026-02-14", spend: "840" },
    ...{ incremental: "200", "standard-error": "40", ...change },
  };
  return world.run(
    "experiments",
    "add",
    "--id",
    id,
    ...Object.entries(options).flatMap(([name, text]) => [`--${name}`, text]),
  );
};

describe("a lift test that is entered", () => {
  test("is listed with its interval, what one conversion cost, and stands in the ledger", async () => {
    expect((await add("holdout-1")).stdout).toBe("The test holdout-1 is entered.\n");
    const [row] = (await listed()).filter(({ experimentId }) => experimentId === "holdout-1");
    expect(row).toMatchObject({ channel: "Search", costPerIncremental: 4.2, problems: [], model: null, gap: null });
    expect(row!.interval.low).toBeCloseTo(200 - 1.645 * 40, 1);
    expect(row!.booked).toBeGreaterThan(200);
    const { imports } = (await world.json("imports")) as { imports: Record<string, unknown>[] };
    expect(imports[0]).toMatchObject({ file: "experiment holdout-1", kind: "experiments", received: 1, stored: 1 });
  });

  test("again is the same one, with another figure it is replaced, and removed it is gone and can come again", async () => {
    await add("holdout-2");
    expect((await add("holdout-2")).stdout).toBe("The test holdout-2 is known already, just like that.\n");
    expect((await add("holdout-2", { incremental: "210" })).stdout).toBe("The test holdout-2 is replaced.\n");
    const workspace = await world.house.workspace("default");
    const before = await workspace.watermark();
    expect((await world.run("experiments", "remove", "holdout-2")).stdout).toBe("The test holdout-2 is gone.\n");
    expect(await workspace.watermark()).not.toBe(before);
    expect((await listed()).map(({ experimentId }) => experimentId)).not.toContain("holdout-2");
    const { stderr, exitCode } = await world.run("experiments", "remove", "holdout-2");
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^touchline: there is no test "holdout-2"; there are /),
    ]);
    expect((await add("holdout-2", { incremental: "210" })).stdout).toBe("The test holdout-2 is entered.\n");
  });

  test.each<[string, Readonly<Record<string, string>>, number, RegExp]>([
    ["without uncertainty", { "standard-error": "0" }, 1, /the standard error 0 is not above 0/],
    ["backwards", { to: "2026-01-30" }, 1, /the test ends on 2026-01-30, before it begins on 2026-02-01\n$/],
    [
      "more than was sold",
      { incremental: "9000" },
      1,
      /claims 9,000 conversions, more than the [\d,]+ that are booked from 2026-02-01/,
    ],
    [
      "a channel that nobody knows",
      { channel: "Tv" },
      1,
      /no touch and no spend knows the channel "Tv"; there are Radio, Search/,
    ],
    ["in the future", { to: "2098-01-01" }, 1, /ends on 2098-01-01, after today/],
    ["spend below nothing", { spend: "-5" }, 2, /^touchline: --spend: it must be an amount that is not negative\n$/],
    ["no number", { incremental: "many" }, 2, /^touchline: --incremental: it must be a number\n$/],
    ["no day", { from: "2026-2-1" }, 2, /^touchline: --from: "2026-2-1" is not a day such as 2026-03-31\n$/],
  ])("is refused with the reason: %s", async (_, change, exitCode, reason) => {
    const result = await add("impossible", change);
    expect(result.stderr).toMatch(reason);
    expect(result.exitCode).toBe(exitCode);
    expect((await listed()).map(({ experimentId }) => experimentId)).not.toContain("impossible");
  });

  test("rows of a file that contradict themselves are refused one by one", async () => {
    const head =
      "experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error,estimand";
    const rows = [
      "f1,Search,geo,2026-02-01,2026-01-01,10,5,1,",
      "f2,Search,geo,2026-02-01,2026-02-05,10,5,0,",
      "f3,Search,geo,2026-02-01,2026-02-05,10,5,1,half",
      "f4,Search,geo,2026-02-01,2026-02-05,10,90000,1,total",
    ];
    const { stdout } = await world.run(
      "import",
      "experiments",
      world.file("e.csv", `${[head, ...rows].join("\n")}\n`),
      "--workspace",
      "files",
    );
    expect(stdout).toMatch(
      /1 stored, 3 rejected[\s\S]*before it begins[\s\S]*not above 0[\s\S]*neither total nor marginal/,
    );
  });

  test("one that is imported and claims more than all conversions is kept, and said to be unusable", async () => {
    const row = "f4,Search,geo,2026-02-01,2026-02-05,10,90000,1\n";
    const head = "experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error\n";
    await world.json("import", "experiments", world.file("f.csv", head + row));
    expect((await listed()).find(({ experimentId }) => experimentId === "f4")!.problems).toEqual(["more-than-booked"]);
    expect((await world.run("experiments", "list")).stdout).toMatch(
      /f4 .*not used: it claims more than all conversions/,
    );
  });
});

describe("a geo test", () => {
  test("is analysed by three methods, each with the truth in its interval", async () => {
    const found = (await world.json("experiments", "analyse", "--channel", "Radio", ...TEST)) as GeoAnalysis;
    expect(found.methods).toHaveLength(3);
    for (const { incrementalInterval, pValue } of found.methods) {
      expect(incrementalInterval.low).toBeLessThan(shop.added);
      expect(incrementalInterval.high).toBeGreaterThan(shop.added);
      expect(pValue).toBeLessThan(0.05);
    }
    expect(found.spend).toBe(840);
    expect(found.dates).toHaveLength(90);
    expect(found.methods[0]!.costPerIncremental).toBeCloseTo(840 / found.methods[0]!.incremental, 9);
    expect(found.cautions).toEqual([]);
  });

  test("from a file of figures is the same as from the bookings", async () => {
    const asked = ["experiments", "analyse", "--channel", "Radio", ...TEST];
    const [file, booked] = (await Promise.all([
      world.json(...asked, "--panel", "panel.csv"),
      world.json(...asked),
    ])) as [GeoAnalysis, GeoAnalysis];
    expect(file).toEqual(booked);
  });

  test("can be kept as a lift test", async () => {
    const { stdout } = await world.run("experiments", "analyse", "--channel", "Radio", ...TEST, "--save", "radio-geo");
    expect(stdout).toMatch(
      /^Radio brought \d+ conversions in region 3, region 8 [\s\S]*Kept as the test radio-geo\.\n$/,
    );
    const kept = (await listed()).find(({ experimentId }) => experimentId === "radio-geo")!;
    expect(kept).toMatchObject({ channel: "Radio", method: "geo", estimand: "total", spend: "840", problems: [] });
    expect(Math.abs(kept.incrementalConversions - shop.added)).toBeLessThan(2 * kept.standardError);
  });

  test("is designed: regions, the smallest effect, what one conversion may cost", async () => {
    const { designs, panel } = (await world.json(
      "experiments",
      "design",
      "--channel",
      "Search",
      "--days",
      "14",
    )) as GeoDesignAnswer;
    expect(panel).toMatchObject({ regions: 12, leftOut: 0 });
    const [best] = designs;
    expect(best!.detectableLift).toBeLessThan(0.15);
    expect(best!.spend).toBe(140 * best!.testRegions.length);
    expect(best!.spendBasis).toBe("regional");
    expect(best!.detectableCost).toBeCloseTo(best!.spend! / best!.detectableIncremental!, 9);
    const { stdout } = await world.run(
      "experiments",
      "design",
      "--channel",
      "Search",
      "--regions",
      "region 2, REGION 5",
    );
    expect(stdout).toMatch(/^Test Search in region 2, region 5 for 21 days\. The smallest effect/);
  });

  test.each<[string, string[], RegExp]>([
    [
      "a region that is not there",
      ["--test-regions", "Mars", "--from", "2026-03-01", "--to", "2026-03-09"],
      /know no region "Mars"; they have region 1, region 2/,
    ],
    [
      "days to come",
      ["--test-regions", "region 1", "--from", "2026-03-30", "--to", "2026-04-20"],
      /booked until 2026-03-31/,
    ],
    [
      "too little before",
      ["--test-regions", "region 1", "--from", "2026-01-05", "--to", "2026-01-20"],
      /there are 4 days before the test: at least 14/,
    ],
    [
      "backwards",
      ["--test-regions", "region 1", "--from", "2026-03-05", "--to", "2026-03-01"],
      /--from, --to: the first day lies after the last one/,
    ],
    ["a file that is not there", [...TEST, "--panel", "none.csv"], /none\.csv cannot be read/],
    [
      "a panel without values",
      [...TEST, "--panel", "c.csv"],
      /c\.csv has no column date; a panel has the columns date, region, value/,
    ],
  ])("is refused with the reason: %s", async (_, given, reason) => {
    const { exitCode, stderr } = await world.run("experiments", "analyse", "--channel", "Radio", ...given);
    expect(stderr).toMatch(reason);
    expect(exitCode).toBeGreaterThan(0);
  });

  test("needs regions, and says so", async () => {
    const plain =
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\n1,2026-01-01T10:00:00Z,v,purchase,1,EUR\n";
    await world.json("import", "conversions", world.file("plain.csv", plain), "--workspace", "plain");
    const { stderr } = await world.run("experiments", "design", "--channel", "Search", "--workspace", "plain");
    expect(stderr).toMatch(/names a region: import conversions with the column region/);
  });
});

describe("model beside test", () => {
  /** A finished run of the incremental model that gives Search so many conversions a day. */
  async function recordRun(workspace: string, perDay: number): Promise<void> {
    const { engine } = (await world.house.workspace(workspace)).warehouse;
    const days = 14 * perDay;
    const fit = { warnings: [], channels: { Search: { interval: { level: 0.9, low: 0.8 * days, high: 1.2 * days } } } };
    const parameters = { model: "incremental", from: "2026-02-01", to: "2026-02-14" };
    await engine.run(
      "test",
      `INSERT INTO runs (workspace_id, run_id, revision, parameters, state, fit, started_at)
       SELECT {w:String}, 'r1', 1, {parameters:String}, 'done', {fit:String}, now64(3)`,
      { w: workspace, parameters: JSON.stringify(parameters), fit: JSON.stringify(fit) },
    );
    await engine.run(
      "test",
      `INSERT INTO attribution_credit (workspace_id, run_id, date, channel, conversions, revenue)
       SELECT {w:String}, 'r1', toDate('2026-02-01') + number, 'Search', {perDay:Float64}, {perDay:Float64} * 20 FROM numbers(14)`,
      { w: workspace, perDay },
    );
  }

  test("the model's figure is for the days and the share of spend of the test, and a contradiction is counted in standard errors", async () => {
    await world.json("import", "conversions", world.file("c2.csv", shop.conversions), "--workspace", "modelled");
    await world.json("import", "spend", world.file("s2.csv", shop.spend), "--workspace", "modelled");
    await recordRun("modelled", 100);
    const enter = (id: string, ...given: string[]) =>
      world.json(
        "experiments",
        "add",
        "--workspace",
        "modelled",
        "--id",
        id,
        "--channel",
        "Search",
        "--method",
        "geo",
        "--from",
        "2026-02-01",
        "--to",
        "2026-02-14",
        ...given,
      );
    await enter("a", "--spend", "840", "--incremental", "690", "--standard-error", "30");
    await enter("b", "--spend", "840", "--incremental", "100", "--standard-error", "30");
    await enter("c", "--spend", "840", "--incremental", "100", "--standard-error", "30", "--estimand", "marginal");
    const { experiments } = (await world.json("experiments", "list", "--workspace", "modelled")) as Experiments;
    const [a, b, c] = ["a", "b", "c"].map((id) => experiments.find(({ experimentId }) => experimentId === id)!);
    // Search spends 10 a day in each of 12 regions: 840 is half of its 14 days.
    expect(a!.model).toMatchObject({ run: "r1", conversions: 700, spendShare: 0.5 });
    expect(a!.model!.standardError).toBeCloseTo((0.4 * 700) / (2 * 1.6449), 3);
    expect(Math.abs(a!.gap!)).toBeLessThan(0.5);
    expect(b!.gap!).toBeGreaterThan(5);
    expect([c!.model, c!.gap]).toEqual([null, null]);
    const { stdout } = await world.run("experiments", "list", "--workspace", "modelled");
    expect(stdout).toMatch(/a .* 700 +agree \(0\.1 standard errors\)/);
    expect(stdout).toMatch(/b .*model above the test by 6\.\d standard errors/);
  });

  test("a test is suggested where it would be worth most", async () => {
    const answer = (await world.json("experiments", "suggest", "--workspace", "modelled")) as TestSuggestions;
    expect(answer).toMatchObject({ model: "incremental", range: { from: "2026-02-01", to: "2026-02-14" } });
    expect(answer.channels.map(({ channel }) => channel)).toEqual(["Search"]);
    expect(answer.channels[0]!.mean).toBeCloseTo((20 * 100 * 14) / (120 * 14), 6);
    expect(answer.channels[0]!.value).toBeGreaterThanOrEqual(0);
  });
});
