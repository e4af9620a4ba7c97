import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import {
  customerOf,
  DIRECT_CHANNELS,
  drawMixedMarket,
  type MixedConversion,
  type MixedMarket,
  PAID_CHANNELS,
  writeMixedMarket,
} from "../support/mixed-market.ts";
import {
  REFERENCE_RULES,
  type ReferenceRule,
  referenceJourneys,
  referenceWeights,
} from "../support/reference-journeys.ts";
import { openWorld, type World } from "../support/world.ts";

const LOOKBACK = 10;
const AMOUNTS = ["conversions", "revenue", "margin"] as const;
const Amounts = z.object({ conversions: z.number(), revenue: z.string(), margin: z.string() });
const Answer = z.object({
  run: z.string(),
  totals: Amounts,
  baseline: Amounts,
  channels: z.array(
    Amounts.extend({ channel: z.string(), spend: z.string().nullable(), roas: z.number().nullable() }).loose(),
  ),
});

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const FACTS = { halfLifeDays: 7, paid: new Set(PAID_CHANNELS), direct: new Set(DIRECT_CHANNELS) };
const marginOf = ({ marginCents }: MixedConversion) => (marginCents ?? 0) / 100;

/** Credit by key, as the independent account has it. */
function expectedCredit(
  market: MixedMarket,
  rule: ReferenceRule,
  { types, customers, viewDays = LOOKBACK }: { types?: string[]; customers?: string; viewDays?: number } = {},
  keyOf: (touch: MixedMarket["touches"][number], sold: MixedConversion, endedAt: number) => string = ({ channel }) =>
    channel,
): Map<string, number[]> {
  const sold = market.conversions.filter(({ type }) => types === undefined || types.includes(type));
  const credit = new Map<string, number[]>();
  for (const journey of referenceJourneys(market.touches, sold, LOOKBACK, viewDays)) {
    for (const conversion of journey.conversions) {
      if (customers !== undefined && customerOf(conversion, market.conversions) !== customers) continue;
      referenceWeights(rule, journey, FACTS).forEach((weight, i) => {
        const key = keyOf(journey.touches[i]!, conversion, journey.endedAt);
        const [n, revenue, margin] = credit.get(key) ?? [0, 0, 0];
        credit.set(key, [n! + weight, revenue! + weight * conversion.revenue, margin! + weight * marginOf(conversion)]);
      });
    }
  }
  return credit;
}

function expectSame(rows: readonly { key: string; amounts: readonly number[] }[], expected: Map<string, number[]>) {
  const got = rows.filter(({ amounts }) => amounts.some((amount) => amount !== 0));
  const meant = [...expected].filter(([, amounts]) => amounts.some((amount) => Math.abs(amount) > 1e-9));
  expect(got.map(({ key }) => key).sort()).toEqual(meant.map(([key]) => key).sort());
  for (const { key, amounts } of got) {
    amounts.forEach((amount, i) => {
      expect(amount).toBeCloseTo(expected.get(key)![i]!, 7);
    });
  }
}

const numbersOf = (row: z.infer<typeof Amounts>) => AMOUNTS.map((amount) => Number(row[amount]));
const exact = (value: string | number): bigint => {
  const [whole, fraction = ""] = String(value).replace("-", "").split(".");
  const digits = BigInt(whole! + fraction.padEnd(12, "0"));
  return String(value).startsWith("-") ? -digits : digits;
};

describe.each([31, 32])("a market of views and clicks, leads and purchases (seed %i)", (seed) => {
  const market = drawMixedMarket(seed);
  const workspace = `mixed-${seed}`;
  beforeAll(async () => {
    for (const [kind, content] of Object.entries(writeMixedMarket(market)))
      await world.json("import", kind, world.file(`${kind}.csv`, content), "--workspace", workspace);
  });
  const attribute = async (...argv: string[]) =>
    Answer.parse(await world.json("attribute", "--workspace", workspace, "--lookback-days", String(LOOKBACK), ...argv));
  const byChannel = (answer: z.infer<typeof Answer>) =>
    answer.channels.map((row) => ({ key: row.channel, amounts: numbersOf(row) }));

  test.each(REFERENCE_RULES)("%s: conversions, revenue and margin agree with an independent account", async (rule) => {
    expectSame(byChannel(await attribute("--model", rule)), expectedCredit(market, rule));
  });

  test.each([0, 1, 4])("views count for %i days only, and what they leave goes to the others", async (viewDays) => {
    for (const rule of ["linear", "last-click", "first"] as const) {
      const answer = await attribute("--model", rule, "--view-window-days", String(viewDays));
      expectSame(byChannel(answer), expectedCredit(market, rule, { viewDays }));
    }
  });

  test.each([["lead"], ["purchase"], ["lead", "purchase"]])(
    "conversions of %s %s end journeys, others don't",
    async (...types) => {
      const named = types.filter((type) => type !== undefined);
      const answer = await attribute("--model", "linear", ...named.flatMap((type) => ["--conversion-type", type]));
      expectSame(byChannel(answer), expectedCredit(market, "linear", { types: named }));
      expect(answer.totals.conversions).toBe(market.conversions.filter(({ type }) => named.includes(type)).length);
    },
  );

  test.each(["new", "returning"])(
    "%s customers: by the books, or by an earlier conversion of the type",
    async (customers) => {
      const answer = await attribute("--model", "last", "--customers", customers);
      expectSame(byChannel(answer), expectedCredit(market, "last", { customers }));
      expect(answer.totals.conversions).toBe(
        market.conversions.filter((each) => customerOf(each, market.conversions) === customers).length,
      );
    },
  );

  test.each([
    ["device", (touch: MixedMarket["touches"][number]) => touch.device],
    ["interaction", (touch: MixedMarket["touches"][number]) => touch.interaction],
    ["creative", (touch: MixedMarket["touches"][number]) => touch.creative],
    ["conversion_type", (_: unknown, sold: MixedConversion) => sold.type],
    ["customer-type", (_: unknown, sold: MixedConversion) => customerOf(sold, market.conversions)],
    ["product_group", (_: unknown, sold: MixedConversion) => sold.product],
  ] as const)("by %s: every part agrees, and the parts add up", async (by, partOf) => {
    const { channels } = await attribute("--model", "position-based", "--by", by);
    const name = by.replace("-", "_");
    const parts = new Map<string, number[]>();
    for (const row of channels) {
      const key = `${row.channel} ${row[name]}`;
      const sum = parts.get(key) ?? [0, 0, 0];
      parts.set(
        key,
        numbersOf(row).map((amount, i) => amount + sum[i]!),
      );
    }
    expectSame(
      [...parts].map(([key, amounts]) => ({ key, amounts })),
      expectedCredit(market, "position-based", {}, (touch, sold) => `${touch.channel} ${partOf(touch, sold)}`),
    );
  });

  test("by the date of the touch: every day agrees", async () => {
    const { run } = await attribute("--model", "linear", "--date-basis", "touch");
    const { warehouse } = await world.house.workspace(workspace);
    const rows = (await warehouse.engine.rows(
      "test",
      `SELECT toString(date) AS key, toFloat64(sum(conversions)) AS n, toFloat64(sum(revenue)) AS r, toFloat64(sum(margin)) AS m
       FROM attribution_credit WHERE workspace_id = {w:String} AND run_id = {run:String} GROUP BY date`,
      { w: workspace, run },
    )) as { key: string; n: number; r: number; m: number }[];
    expectSame(
      rows.map(({ key, n, r, m }) => ({ key, amounts: [n, r, m] })),
      expectedCredit(market, "linear", {}, ({ at }) => new Date(at).toISOString().slice(0, 10)),
    );
  });

  test.each([...REFERENCE_RULES, "markov", "shapley", "logistic"])(
    "%s: channels and baseline add up exactly to what is booked, whatever is filtered",
    async (model) => {
      for (const options of [
        [],
        ["--by", "device", "--view-window-days", "2"],
        ["--customers", "new", "--conversion-type", "purchase", "--date-basis", "touch"],
      ]) {
        const { totals, baseline, channels } = await attribute("--model", model, ...options);
        for (const amount of ["revenue", "margin"] as const) {
          const credited = channels.reduce((sum, row) => sum + exact(row[amount]), exact(baseline[amount]));
          expect(credited).toBe(exact(totals[amount]));
        }
        const counted = channels.reduce((sum, { conversions }) => sum + conversions, baseline.conversions);
        expect(counted).toBeCloseTo(totals.conversions, 9);
      }
    },
  );

  test("the return on spend is worked out from revenue, margin or count, as asked for", async () => {
    for (const value of AMOUNTS) {
      const { channels } = await attribute("--model", "last", "--value", value === "conversions" ? "count" : value);
      for (const row of channels) {
        if (row.spend === null) expect(row.roas).toBeNull();
        else expect(row.roas).toBeCloseTo(Number(row[value]) / Number(row.spend), 9);
      }
      expect(
        channels
          .filter(({ spend }) => spend !== null)
          .map(({ channel }) => channel)
          .sort(),
      ).toEqual(PAID_CHANNELS);
    }
  });

  test("a type that nobody converted by is named, with those that there are", async () => {
    const { stderr } = await world.run(
      "attribute",
      "--workspace",
      workspace,
      "--model",
      "last",
      "--conversion-type",
      "sale",
    );
    expect(stderr).toMatch(
      /No conversion of the type "sale" is booked in this range; there is (purchase, lead|lead, purchase)/,
    );
  });
});
