import { aggregatePaths, creditPathsByMarkov } from "@touchline/solver";
import { dailySpendTotals } from "@touchline/sql";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  type ConversionEvent,
  type ReferenceRule,
  referenceJourneys,
  referenceWeights,
  type TouchEvent,
} from "../support/reference-journeys.ts";
import { openWorld, type World } from "../support/world.ts";

const Answer = z.object({
  run: z.string(),
  model: z.string(),
  from: z.string(),
  to: z.string(),
  dateBasis: z.string(),
  totals: z.object({ conversions: z.number(), revenue: z.string() }),
  baseline: z.object({ conversions: z.number(), revenue: z.string() }),
  channels: z.array(
    z.object({
      channel: z.string(),
      campaign: z.string().optional(),
      conversions: z.number(),
      revenue: z.string(),
      spend: z.string().nullable(),
      roas: z.number().nullable(),
      coverage: z.number().nullable(),
      interval: z.null(),
      flags: z.array(z.string()),
    }),
  ),
});

const START = Date.parse("2026-01-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const CHANNELS = ["Search", "Social", "Display", "Email", "Video"];
const LOOKBACK = 10;
const RULES: readonly ReferenceRule[] = ["first", "last", "linear", "time-decay", "position-based"];

/** `revenue` is what is left of what was paid; what was given back came as one or two adjustments. */
interface SoldAndRefunded extends ConversionEvent {
  readonly refundCents: number;
}

/**
 * A market with ties, repeats, visitors that buy twice, at once or untouched, touches outside every window, and orders that are
 * given back in part or whole.
 */
function randomMarket(seed: number): { touches: TouchEvent[]; conversions: SoldAndRefunded[] } {
  const hours = fc.integer({ min: 0, max: 24 * 50 });
  const visitor = fc.integer({ min: 0, max: 40 }).map((n) => `v${n}`);
  const [touches] = fc.sample(
    fc.array(fc.record({ hour: hours, visitor, channel: fc.constantFrom(...CHANNELS) }), {
      minLength: 300,
      maxLength: 300,
    }),
    { numRuns: 1, seed },
  );
  const [conversions] = fc.sample(
    fc.array(
      fc.record({
        hour: hours,
        visitor,
        cents: fc.integer({ min: 0, max: 30_000 }),
        kept: fc.constantFrom(1, 1, 1, 0.37, 0),
      }),
      { minLength: 60, maxLength: 60 },
    ),
    { numRuns: 1, seed: seed + 1 },
  );
  return {
    touches: touches!.map(({ hour, ...rest }, i) => ({ id: `e${i}`, at: START + hour * HOUR_MS, ...rest })),
    conversions: conversions!.map(({ hour, visitor: who, cents, kept }, i) => ({
      id: `k${i}`,
      at: START + hour * HOUR_MS,
      visitor: who,
      revenue: Math.round(cents * kept) / 100,
      refundCents: cents - Math.round(cents * kept),
    })),
  };
}

const iso = (at: number) => new Date(at).toISOString();

async function load(
  world: World,
  workspace: string,
  market: ReturnType<typeof randomMarket>,
  lineOrder = 1,
): Promise<void> {
  const touches = market.touches.map(
    (each) => `${each.id},${iso(each.at)},${each.visitor},${each.channel},c${each.id.length},click`,
  );
  const conversions = market.conversions.map(
    (each) =>
      `${each.id},${iso(each.at)},${each.visitor},purchase,${(Math.round(each.revenue * 100) + each.refundCents) / 100},EUR`,
  );
  const adjustments = market.conversions
    .filter(({ refundCents }) => refundCents > 0)
    .flatMap(({ id, at, refundCents }) => {
      const first = Math.floor(refundCents / 3);
      const row = (part: number, cents: number) =>
        `${id}-${part},${id},${-cents / 100},${iso(at + part * 9 * 86_400_000)}`;
      return [row(1, first), row(2, refundCents - first)];
    });
  if (lineOrder < 0) touches.reverse();
  await world.json(
    "import",
    "touchpoints",
    world.file("t.csv", `event_id,occurred_at,visitor_id,channel,campaign,interaction\n${touches.join("\n")}`),
    "--workspace",
    workspace,
  );
  await world.json(
    "import",
    "conversions",
    world.file(
      "c.csv",
      `conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\n${conversions.join("\n")}`,
    ),
    "--workspace",
    workspace,
  );
  if (adjustments.length > 0)
    await world.json(
      "import",
      "adjustments",
      world.file("a.csv", `adjustment_id,adjusts_conversion_id,amount,occurred_at\n${adjustments.join("\n")}`),
      "--workspace",
      workspace,
    );
}

/** Adds decimal strings exactly. */
function exactSum(values: readonly string[], places = 12): bigint {
  return values.reduce((sum, value) => {
    const [whole, fraction = ""] = value.replace("-", "").split(".");
    const digits = BigInt(whole! + fraction.padEnd(places, "0").slice(0, places));
    return sum + (value.startsWith("-") ? -digits : digits);
  }, 0n);
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe.each([11, 12, 13])("a random market (seed %i)", (seed) => {
  const market = randomMarket(seed);
  const workspace = `market-${seed}`;
  beforeAll(() => load(world, workspace, market));
  const attribute = async (...argv: string[]) =>
    Answer.parse(await world.json("attribute", "--workspace", workspace, "--lookback-days", String(LOOKBACK), ...argv));

  test.each(RULES)("%s: the credit of SQL agrees with an independent account", async (rule) => {
    const expected = new Map<string, { conversions: number; revenue: number }>();
    for (const journey of referenceJourneys(market.touches, market.conversions, LOOKBACK)) {
      if (journey.conversions.length === 0) continue;
      const revenue = journey.conversions.reduce((sum, each) => sum + each.revenue, 0);
      referenceWeights(rule, journey, { halfLifeDays: 7 }).forEach((weight, i) => {
        const { channel } = journey.touches[i]!;
        const sum = expected.get(channel) ?? { conversions: 0, revenue: 0 };
        expected.set(channel, {
          conversions: sum.conversions + weight * journey.conversions.length,
          revenue: sum.revenue + weight * revenue,
        });
      });
    }
    const { channels } = await attribute("--model", rule);
    expect(channels.filter(({ conversions }) => conversions > 0)).toHaveLength(expected.size);
    for (const { channel, conversions, revenue } of channels) {
      expect(conversions).toBeCloseTo(expected.get(channel)?.conversions ?? 0, 9);
      expect(Number(revenue)).toBeCloseTo(expected.get(channel)?.revenue ?? 0, 7);
    }
  });

  test("markov: the credit of SQL agrees with the chain fitted on the paths of an independent account", async () => {
    const journeys = referenceJourneys(market.touches, market.conversions, LOOKBACK);
    const paths = aggregatePaths(
      journeys.map(({ touches, conversions }) => ({
        path: touches.map(({ channel }) => channel),
        conversions: conversions.length,
        value: conversions.reduce((sum, { revenue }) => sum + revenue, 0),
        nulls: conversions.length === 0 ? 1 : 0,
      })),
    );
    for (const order of [1, 2]) {
      const credit = creditPathsByMarkov(paths, { order });
      const { channels } = await attribute("--model", "markov", "--order", String(order));
      for (const { channel, conversions, revenue } of channels) {
        const i = paths.channels.indexOf(channel);
        expect(Math.abs(conversions / credit.conversions[i]! - 1)).toBeLessThan(1e-9);
        expect(Math.abs(Number(revenue) / credit.value[i]! - 1)).toBeLessThan(1e-9);
      }
    }
  });

  test.each([...RULES, "markov"])(
    "%s: credit and no touch add up exactly to the books, by both date bases, channels and campaigns",
    async (model) => {
      const booked = market.conversions.reduce((sum, { revenue }) => sum + Math.round(revenue * 100), 0);
      for (const options of [[], ["--by", "campaign"], ["--date-basis", "touch"]]) {
        const { channels, baseline, totals } = await attribute("--model", model, ...options);
        expect(totals.conversions).toBe(market.conversions.length);
        expect(exactSum([totals.revenue])).toBe(BigInt(booked) * 10n ** 10n);
        expect(exactSum([...channels.map(({ revenue }) => revenue), baseline.revenue])).toBe(
          exactSum([totals.revenue]),
        );
        const conversions = channels.reduce((sum, each) => sum + each.conversions, baseline.conversions);
        expect(Math.abs(conversions - totals.conversions)).toBeLessThan(1e-9);
      }
    },
  );

  test.each([...RULES, "markov"])(
    "%s: every day's credit adds up exactly to that day's bookings with a touch, net of refunds",
    async (model) => {
      const { run } = await attribute("--model", model);
      const { warehouse } = await world.house.workspace(workspace);
      const credited = (await warehouse.engine.rows(
        "test",
        `SELECT toString(date) AS date, toString(sum(revenue)) AS revenue
         FROM attribution_credit WHERE workspace_id = {w:String} AND run_id = {run:String} GROUP BY date`,
        { w: workspace, run },
      )) as { date: string; revenue: string }[];
      const net = new Map<string, bigint>();
      for (const { conversions } of referenceJourneys(market.touches, market.conversions, LOOKBACK)) {
        for (const { at, revenue } of conversions) {
          const date = iso(at).slice(0, 10);
          net.set(date, (net.get(date) ?? 0n) + BigInt(Math.round(revenue * 100)) * 10n ** 10n);
        }
      }
      expect(new Map(credited.map(({ date, revenue }) => [date, exactSum([revenue])]))).toEqual(net);
      const uneven = await warehouse.engine.rows(
        "test",
        `SELECT date FROM (
         SELECT date, sum(conversions) AS n, sum(revenue) AS r, 'credit' AS side FROM attribution_credit WHERE workspace_id = {w:String} AND run_id = {run:String} GROUP BY date
         UNION ALL
         SELECT toDate(ended_at) AS date, toDecimal128(sum(conversions), 12) AS n, toDecimal128(sum(revenue), 12) AS r, 'booked' AS side
         FROM journeys WHERE workspace_id = {w:String} AND converted GROUP BY date)
       GROUP BY date HAVING uniqExact(n) != 1 OR uniqExact(r) != 1 OR uniqExact(side) != 2`,
        { w: workspace, run },
      );
      expect(uneven).toEqual([]);
    },
  );

  test.each([0.01, 0.001])("time-decay with a half-life of minutes (%d days) adds up to the books", async (days) => {
    const { channels, baseline, totals } = await attribute("--model", "time-decay", "--half-life-days", String(days));
    expect(exactSum([...channels.map(({ revenue }) => revenue), baseline.revenue])).toBe(exactSum([totals.revenue]));
    expect(channels.reduce((sum, { conversions }) => sum + conversions, baseline.conversions)).toBeCloseTo(
      totals.conversions,
      9,
    );
  });

  test("the order of rows in the file changes nothing", async () => {
    const other = `market-${seed}-reversed`;
    await load(world, other, market, -1);
    for (const model of ["linear", "markov"]) {
      const { run: _a, ...before } = await attribute("--model", model);
      const { run: _b, ...after } = Answer.parse(
        await world.json("attribute", "--workspace", other, "--lookback-days", String(LOOKBACK), "--model", model),
      );
      expect(after).toEqual(before);
    }
  });

  test("asking twice gives the same run; new data gives a new one", async () => {
    const first = await attribute("--model", "last");
    expect((await attribute("--model", "last")).run).toBe(first.run);
    const more = world.file(
      "more.csv",
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nlate,2026-01-20T00:00:00Z,v1,purchase,5,EUR\n",
    );
    await world.json("import", "conversions", more, "--workspace", workspace);
    const next = await attribute("--model", "last");
    expect(next.run).not.toBe(first.run);
    expect(next.totals.conversions).toBe(first.totals.conversions + 1);
  });
});

describe("days", () => {
  test("a range counts the conversions of its days in the workspace's time zone", async () => {
    await world.run("settings", "--workspace", "paris", "--time-zone", "Europe/Paris");
    await load(world, "paris", {
      touches: [{ id: "e1", at: Date.parse("2026-03-01T12:00:00Z"), visitor: "v", channel: "Search" }],
      conversions: [
        { id: "k1", at: Date.parse("2026-03-09T23:30:00Z"), visitor: "v", revenue: 10, refundCents: 0 }, // 10 March, 00:30 in Paris
        { id: "k2", at: Date.parse("2026-03-10T23:30:00Z"), visitor: "v", revenue: 20, refundCents: 0 }, // 11 March
      ],
    });
    const answer = Answer.parse(
      await world.json(
        "attribute",
        "--workspace",
        "paris",
        "--model",
        "last",
        "--from",
        "2026-03-10",
        "--to",
        "2026-03-10",
      ),
    );
    expect(answer.totals).toEqual({ conversions: 1, revenue: "10" });
    expect(answer.channels).toMatchObject([{ channel: "Search", conversions: 1, revenue: "10" }]);
    const next = Answer.parse(
      await world.json(
        "attribute",
        "--workspace",
        "paris",
        "--model",
        "last",
        "--from",
        "2026-03-11",
        "--to",
        "2026-03-11",
      ),
    );
    expect(next.baseline).toEqual({ conversions: 1, revenue: "20" });
  });
});

describe("nothing to attribute", () => {
  const sentences: [string, string[], RegExp, number][] = [
    ["no data at all", ["attribute"], /nothing was imported yet: begin with touchline import touchpoints FILE/, 1],
    ["an unknown model", ["attribute", "--model", "best"], /"best" is not known; choose first, last/, 2],
    ["a day that is none", ["attribute", "--from", "2026-02-31"], /"2026-02-31" is not a day/, 2],
    ["a lookback of nothing", ["attribute", "--lookback-days", "0"], /whole number from 1 to 365/, 2],
    ["no data to plan on", ["optimise", "--budget", "100"], /nothing was imported yet/, 1],
    ["a budget that is no amount", ["optimise", "--budget", "lots"], /"lots" is not an amount/, 2],
    ["an unknown command", ["atribute"], /unknown command 'atribute'/, 2],
  ];
  test.each(sentences)("%s: one clear sentence", async (_name, argv, sentence, code) => {
    const { exitCode, stderr, stdout } = await world.run(
      ...argv,
      ...(argv[0] === "atribute" ? [] : ["--workspace", "void"]),
    );
    expect(stderr).toMatch(sentence);
    expect(exitCode).toBe(code);
    expect(stdout).toBe("");
  });

  test("conversions without any touch are all no touch, with a warning", async () => {
    const path = world.file(
      "only.csv",
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nk,2026-01-01T00:00:00Z,,purchase,9.99,EUR\n",
    );
    await world.json("import", "conversions", path, "--workspace", "untouched");
    const { stdout, stderr } = await world.run("attribute", "--workspace", "untouched", "--model", "markov", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { conversions: 1, revenue: "9.99" },
      baseline: { conversions: 1, revenue: "9.99" },
      channels: [],
    });
    expect(stderr).toMatch(/had a touch in its window: there is nothing to credit/);
  });
});

test("conversions of several types are credited together, with a warning that says so", async () => {
  const touchpoints = world.file(
    "lead-t.csv",
    "event_id,occurred_at,visitor_id,channel,campaign,interaction\ne1,2026-03-01T10:00:00Z,v,Search,b,click\n",
  );
  const conversions = world.file(
    "lead-c.csv",
    "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nk1,2026-03-02T10:00:00Z,v,lead,0,EUR\nk2,2026-03-03T10:00:00Z,v,purchase,100,EUR\n",
  );
  await world.json("import", "touchpoints", touchpoints, "--workspace", "leads");
  await world.json("import", "conversions", conversions, "--workspace", "leads");
  const { stdout, stderr } = await world.run("attribute", "--model", "last", "--workspace", "leads", "--json");
  expect(stderr).toMatch(/Conversions of 2 types \(lead, purchase\) are counted together/);
  expect(JSON.parse(stdout)).toMatchObject({
    totals: { conversions: 2, revenue: "100" },
    baseline: { conversions: 1, revenue: "100" },
  });
});

test("one day of spend gives no plan and no figure that stands for one", async () => {
  const load = (kind: string, content: string) =>
    world.json("import", kind, world.file(`one-${kind}.csv`, content), "--workspace", "one-day");
  await load(
    "touchpoints",
    "event_id,occurred_at,visitor_id,channel,campaign,interaction\ne1,2026-03-01T09:12:00Z,v,Search,b,click\n",
  );
  await load(
    "conversions",
    "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency\nk1,2026-03-02T18:40:00Z,v,purchase,79.90,EUR\n",
  );
  await load("spend", "date,channel,campaign,cost,currency\n2026-03-01,Search,b,120.50,EUR\n");
  const { exitCode, stdout, stderr } = await world.run("optimise", "--budget", "15000", "--workspace", "one-day");
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/nothing can be planned/);
  expect(stdout).toMatch(/Leave the budget as it is/);
  expect(stdout).not.toMatch(/Expected credited revenue/);
});

test("spend that its source took back is no spend: not of the channel, not of the day", async () => {
  const spend = world.file(
    "taken-s.csv",
    "date,channel,campaign,cost,currency\n2026-03-01,Search,b,10,EUR\n2026-03-02,Video,b,5,EUR\n",
  );
  await world.json("import", "spend", spend, "--workspace", "taken");
  await load(world, "taken", {
    touches: [{ id: "e1", at: Date.parse("2026-03-01T12:00:00Z"), visitor: "v", channel: "Video" }],
    conversions: [{ id: "k1", at: Date.parse("2026-03-01T13:00:00Z"), visitor: "v", revenue: 10, refundCents: 0 }],
  });
  const { warehouse } = await world.house.workspace("taken");
  await warehouse.engine.run(
    "test",
    `INSERT INTO spend SELECT * REPLACE (0 AS cost, 1 AS is_withdrawn, import_id + 1 AS import_id)
     FROM (SELECT * FROM spend FINAL WHERE workspace_id = {w:String} AND channel = 'Video')`,
    { w: "taken" },
  );
  const { channels } = Answer.parse(await world.json("attribute", "--workspace", "taken", "--model", "last"));
  expect(channels.map(({ channel, spend: cost }) => [channel, cost])).toEqual([
    ["Video", null],
    ["Search", "10"],
  ]);
  expect(await warehouse.ask(dailySpendTotals, { from: "2026-03-01", to: "2026-03-02" })).toEqual([
    { date: "2026-03-01", spend: "10" },
  ]);
});
