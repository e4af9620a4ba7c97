import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { importShopWithRuns } from "../support/shop-with-runs.ts";
import { openWorld, type World } from "../support/world.ts";

/** What is computed is recorded: found again, compared, repeated to the digit, pinned, pruned. */

const Summary = z.object({
  run: z.string(),
  state: z.string(),
  model: z.string(),
  reason: z.string(),
  watermark: z.string(),
  codeVersion: z.string(),
  pin: z.object({ label: z.string(), by: z.string(), at: z.string() }).nullable(),
});
const Report = z.object({ run: z.string() });

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function shop(buyers?: number): Promise<{
  attribute: (...more: string[]) => Promise<string>;
  json: (...argv: string[]) => Promise<unknown>;
  run: (...argv: string[]) => ReturnType<World["run"]>;
  more: () => Promise<void>;
  name: string;
}> {
  const name = `w-${randomUUID().slice(0, 8)}`;
  await importShopWithRuns(world, name, buyers);
  const json = (...argv: string[]) => world.json(...argv, "--workspace", name);
  return {
    name,
    json,
    run: (...argv) => world.run(...argv, "--workspace", name),
    attribute: async (...more) => Report.parse(await json("attribute", ...more)).run,
    async more() {
      const head = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
      const file = world.file(`${name}-more.csv`, `${head}\nlate,2026-01-20T12:00:00Z,v3,purchase,500,EUR\n`);
      await json("import", "conversions", file);
    },
  };
}

async function rowsOf(workspace: string, run: string): Promise<Record<string, number>> {
  const { engine } = (await world.house.workspace(workspace)).warehouse;
  const counts: Record<string, number> = {};
  for (const table of ["attribution_credit", "attribution_cells", "run_statistics", "run_seeds", "runs", "run_notes"]) {
    const [row] = await engine.rows(
      "test",
      `SELECT toString(count()) AS n FROM ${table} ${table === "runs" ? "FINAL " : ""}WHERE workspace_id = {w:String} AND run_id = {run:String}`,
      { w: workspace, run },
    );
    counts[table] = Number((row as { n: string }).n);
  }
  return counts;
}

describe("the ledger", () => {
  test("records what a run was asked for, on which data, by which code, and how long it took", async () => {
    const { attribute, json } = await shop();
    const run = await attribute("--model", "markov", "--order", "2");
    const details = await json("runs", "show", run.slice(0, 8));
    expect(details).toMatchObject({
      run,
      state: "done",
      model: "markov",
      reason: "",
      parameters: { order: 2, lookbackDays: 30, timeZone: "UTC" },
      isOfPresentData: true,
      pin: null,
    });
    const { codeVersion, seconds, frozenBytes, quality } = details as Record<string, unknown>;
    expect(codeVersion).toMatch(/^\d+\.\d+\.\d+.*\+[0-9a-f]{12}$/);
    expect(seconds).toBeGreaterThan(0);
    expect(frozenBytes).toBeGreaterThan(0);
    expect(quality).toMatchObject({ removalEffects: expect.any(Object) as object });
    expect(await attribute("--model", "markov", "--order", "2")).toBe(run);
    const page = z.object({ total: z.number(), runs: z.array(Summary) }).parse(await json("runs"));
    expect(page.total).toBe(1);
  });

  test("a run that fails is recorded with one sentence and leaves no credit", async () => {
    const { json, name, run } = await shop();
    const { engine } = (await world.house.workspace(name)).warehouse;
    const type = Object.getPrototypeOf(engine) as typeof engine;
    const plain = type.run;
    type.run = function (command, sql, params) {
      return plain.call(this, command, command === "credit-by-cells" ? "INSERT INTO nowhere SELECT 1" : sql, params);
    };
    try {
      await expect(run("attribute", "--model", "markov")).rejects.toThrow(/nowhere/);
    } finally {
      type.run = plain;
    }
    const [failed] = z.object({ runs: z.array(Summary) }).parse(await json("runs")).runs;
    expect(failed).toMatchObject({ state: "failed" });
    expect(failed!.reason).toMatch(/^the database could not do its part/);
    const left = { attribution_credit: 0, attribution_cells: 0, run_statistics: 0, run_seeds: 0 };
    expect(await rowsOf(name, failed!.run)).toMatchObject(left);
    expect((await run("attribute", "--run", failed!.run)).stderr).toMatch(/was failed .* it has no credit/);
  });

  test("says what it does not know: an id of nothing, an id that is none, one that is too short", async () => {
    const { run } = await shop(9);
    expect((await run("runs", "show", "0123abcd")).stderr).toMatch(/there is no run 0123abcd/);
    expect((await run("runs", "show", "x'; DROP")).stderr).toMatch(/is not the id of a run/);
    expect((await run("runs", "show", "12")).stderr).toMatch(/is not the id of a run/);
  });

  test("runs of one workspace are not those of another", async () => {
    const [one, two] = [await shop(30), await shop(31)];
    const run = await one.attribute("--model", "last");
    expect((await two.run("runs", "show", run)).stderr).toMatch(/there is no run/);
    expect((await two.run("runs", "pin", run, "--label", "x")).stderr).toMatch(/there is no run/);
    expect((await two.run("attribute", "--run", run)).stderr).toMatch(/there is no run/);
    expect(await two.json("runs")).toEqual({ total: 0, runs: [] });
  });
});

describe("repeating", () => {
  test.each([
    ["markov", "1", "conversion"],
    ["markov", "3", "touch"],
  ])(
    "%s of order %s by %s date gives the same digits, from what it froze and from the events",
    async (model, order, basis) => {
      const { attribute, json, name } = await shop();
      const run = await attribute("--model", model, "--order", order, "--date-basis", basis);
      const before = await rowsOf(name, run);
      expect(await json("runs", "repeat", run)).toMatchObject({
        isSame: true,
        kept: { verdict: "same" },
        frozen: { verdict: "same" },
        events: { verdict: "same" },
      });
      expect(await rowsOf(name, run)).toEqual(before);
      expect(await json("runs")).toMatchObject({ total: 1 });
    },
  );

  test("a rule has nothing to fit; its credit is kept, and comes out of the events again", async () => {
    const { attribute, json } = await shop();
    const run = await attribute("--model", "position-based");
    expect(await json("runs", "repeat", run)).toMatchObject({
      isSame: true,
      kept: { verdict: "same" },
      frozen: { verdict: "not tried" },
      events: { verdict: "same" },
    });
  });

  test("after the events have changed it repeats from what it froze, and says that they have", async () => {
    const { attribute, json, more, run } = await shop();
    const first = await attribute("--model", "markov");
    const said = await json("attribute", "--run", first);
    await more();
    expect(await json("runs", "repeat", first)).toMatchObject({
      isSame: true,
      frozen: { verdict: "same" },
      events: { verdict: "not tried", why: expect.stringMatching(/^the events have changed since/) as string },
      comparison: null,
    });
    expect(await json("attribute", "--run", first)).toEqual(said);
    const again = await json("runs", "repeat", first, "--from-events");
    expect(again).toMatchObject({
      comparison: { isSame: false, differs: { parameters: [], data: true, code: false } },
    });
    const { stdout } = await run("runs", "repeat", first, "--from-events");
    expect(stdout).toMatch(/repeats to the same digits/);
    expect(stdout).toMatch(/Data: rows came, went or were linked between the two/);
  });

  test("a person's erasure changes nothing of what was frozen", async () => {
    const { attribute, json, run } = await shop();
    const first = await attribute("--model", "markov");
    expect((await run("person", "erase", "v1", "--yes")).exitCode).toBe(0);
    expect(await json("runs", "repeat", first)).toMatchObject({ isSame: true, frozen: { verdict: "same" } });
    expect(await json("runs", "show", first)).toMatchObject({ isOfPresentData: false });
  });

  test("credit that was tampered with is found", async () => {
    const { attribute, name, run } = await shop(30);
    const first = await attribute("--model", "last");
    const { engine } = (await world.house.workspace(name)).warehouse;
    await engine.run(
      "test",
      "ALTER TABLE attribution_credit UPDATE revenue = revenue + toDecimal128('0.000000000001', 12) WHERE run_id = {run:String} AND channel = 'Search' SETTINGS mutations_sync = 2",
      { run: first },
    );
    const { exitCode, stdout } = await run("runs", "repeat", first);
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/does NOT repeat/);
  });
});

describe("comparing", () => {
  test("differences by channel add up exactly, and say what differed", async () => {
    const { attribute, json, run } = await shop();
    const a = await attribute("--model", "first");
    const b = await attribute("--model", "last", "--lookback-days", "10");
    const comparison = z
      .object({
        isSame: z.boolean(),
        differs: z.object({
          parameters: z.array(z.object({ name: z.string() })),
          data: z.boolean(),
          code: z.boolean(),
        }),
        totals: z.object({ revenue: z.object({ difference: z.string() }) }),
        noTouch: z.object({ revenue: z.object({ difference: z.string() }) }),
        channels: z.array(z.object({ channel: z.string(), revenue: z.object({ difference: z.string() }) })),
      })
      .parse(await json("runs", "compare", a, b));
    expect(comparison.differs.parameters.map(({ name }) => name).sort()).toEqual(["lookbackDays", "model"]);
    expect(comparison).toMatchObject({ isSame: false, differs: { data: false, code: false } });
    expect(comparison.channels.some(({ revenue }) => Number(revenue.difference) !== 0)).toBe(true);
    const sum = [...comparison.channels, comparison.noTouch].reduce(
      (all, { revenue }) => all + Number(revenue.difference),
      0,
    );
    expect(sum).toBeCloseTo(Number(comparison.totals.revenue.difference), 9);
    expect((await run("runs", "compare", a, b)).stdout).toMatch(/Parameter model: first and last/);
    expect(await json("runs", "compare", a, a)).toMatchObject({ isSame: true });
  });
});

describe("pins and pruning", () => {
  test("a pinned run survives, with the report that it gave; others go with all that hangs on them", async () => {
    const { attribute, json, more, name } = await shop();
    const pinned = await attribute("--model", "markov");
    const old = await attribute("--model", "last");
    const said = await json("attribute", "--run", pinned);
    const byCampaign = await json("attribute", "--run", pinned, "--by", "campaign");
    expect(await json("runs", "pin", pinned, "--label", "January, as closed")).toMatchObject({
      pin: { label: "January, as closed" },
    });
    await more();
    const { engine } = (await world.house.workspace(name)).warehouse;
    // Two months pass.
    await engine.run(
      "test",
      `INSERT INTO runs SELECT * REPLACE(started_at - toIntervalDay(60) AS started_at, revision + 1 AS revision)
       FROM (SELECT * FROM runs FINAL WHERE workspace_id = {w:String})`,
      { w: name },
    );
    expect(await json("runs", "prune", "--keep", "0", "--dry-run")).toMatchObject({ pruned: [old] });
    expect(await json("runs", "prune", "--keep", "5")).toMatchObject({ pruned: [] });
    expect(await json("runs", "prune", "--keep", "0")).toMatchObject({ pruned: [old] });
    expect(Object.values(await rowsOf(name, old)).every((count) => count === 0)).toBe(true);
    expect(await json("attribute", "--run", pinned)).toEqual(said);
    expect(await json("attribute", "--run", pinned, "--by", "campaign")).toEqual(byCampaign);
    expect(await json("runs", "repeat", pinned)).toMatchObject({ isSame: true, frozen: { verdict: "same" } });
    await json("runs", "unpin", pinned);
    expect(await json("runs", "prune", "--keep", "0")).toMatchObject({ pruned: [pinned] });
  });
});
