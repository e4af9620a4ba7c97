import { curveValue } from "@touchline/solver";
import { runCreditByDay, seriesBookings } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ensureRun, runParameters, seriesCurves } from "../../server/src/attribution/index.ts";
import { shiftDay } from "../../server/src/calendar-days.ts";
import { Random } from "../../server/src/random.ts";
import { openWorld, type World } from "../support/world.ts";

/** Channels that touches say nothing of get their credit from the daily figures, out of the baseline. */

const Answer = z.object({
  run: z.string(),
  totals: z.object({ conversions: z.number(), revenue: z.string() }),
  baseline: z.object({ conversions: z.number(), revenue: z.string() }),
  channels: z.array(
    z.object({
      ...{ channel: z.string(), campaign: z.string().optional(), conversions: z.number(), revenue: z.string() },
      interval: z.object({ low: z.number(), high: z.number() }).nullable(),
      flags: z.array(z.string()),
    }),
  ),
});

const FROM = "2026-01-05";
const DAYS = 120;
const TO = shiftDay(FROM, DAYS - 1);
const at = (days: number) => new Date(Date.parse(`${FROM}T00:00:00Z`) + Math.round(days * 86_400_000)).toISOString();

/** Television and a video channel that only shows its clicks, beside mails that are seen: what each caused is known. */
function drawMarket() {
  const random = new Random(11);
  const touchpoints: string[] = [];
  const conversions: string[] = [];
  const spend: string[] = [];
  const context: string[] = [];
  const caused = { Television: 0, "Online video": 0, Mail: 0, Promotion: 0 };
  const sell = (when: number, visitor: string): boolean => {
    if (when >= DAYS) return false;
    conversions.push(
      `k${conversions.length},${at(when)},${visitor},purchase,${(20 + random.below(6_000) / 100).toFixed(2)},EUR`,
    );
    return true;
  };
  let person = 0;
  for (let day = 0; day < DAYS; day++) {
    const date = shiftDay(FROM, day);
    for (let n = random.poisson(25); n > 0; n--) sell(day + random.uniform(), `v${person++}`);
    for (let n = 0; n < 60; n++) {
      const visitor = `m${random.below(1_500)}`;
      const when = day + random.uniform();
      touchpoints.push(`e${touchpoints.length},${at(when)},${visitor},Mail,News,open`);
      if (random.chance(0.08) && sell(when + random.exponential(1), visitor)) caused.Mail++;
    }
    const isPromotion = day % 30 < 4;
    context.push(`${date},promotion,${isPromotion ? 1 : 0}`);
    for (let n = isPromotion ? random.poisson(12) : 0; n > 0; n--)
      if (sell(day + random.uniform(), `p${person++}`)) caused.Promotion++;
    for (const [name, campaigns, level] of [
      ["Television", ["North", "South"], 900],
      ["Online video", ["Reach"], 400],
    ] as const) {
      const isOn = Math.floor((day + (name === "Television" ? 0 : 6)) / 10) % 2 === 0;
      if (!isOn) continue;
      const cost = level * (0.6 + 0.8 * random.uniform());
      const shown = Math.round(cost * 40);
      campaigns.forEach((campaign, i) => {
        const part = campaigns.length === 1 ? 1 : [0.7, 0.3][i]!;
        const clicks = name === "Television" ? "" : String(Math.round(shown * 0.004));
        const impressions = name === "Television" ? "" : String(Math.round(shown * part));
        spend.push(`${date},${name},${campaign},${(cost * part).toFixed(2)},EUR,${impressions},${clicks}`);
      });
      if (name === "Online video")
        for (let n = random.poisson(3); n > 0; n--)
          touchpoints.push(
            `e${touchpoints.length},${at(day + random.uniform())},c${random.below(9_000)},Online video,Reach,click`,
          );
      for (let n = random.poisson(cost * 0.014); n > 0; n--)
        if (sell(day + random.exponential(1.5), `u${person++}`)) caused[name]++;
    }
  }
  return { touchpoints, conversions, spend, context, caused };
}

const HEADS = {
  touchpoints: "event_id,occurred_at,visitor_id,channel,campaign,interaction",
  conversions: "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  spend: "date,channel,campaign,cost,currency,impressions,clicks",
  context: "date,name,value",
};

let world: World;
const market = drawMarket();
const answers = new Map<string, z.infer<typeof Answer>>();

async function attribute(...more: string[]): Promise<z.infer<typeof Answer>> {
  return Answer.parse(await world.json("attribute", "--model", "incremental", "--from", FROM, "--to", TO, ...more));
}

beforeAll(async () => {
  world = await openWorld();
  for (const kind of ["touchpoints", "conversions", "spend", "context"] as const)
    await world.json("import", kind, world.file(`${kind}.csv`, [HEADS[kind], ...market[kind]].join("\n")));
  for (const basis of ["conversion", "touch"]) answers.set(basis, await attribute("--date-basis", basis));
}, 120_000);
afterAll(() => world.close());

const creditOf = (basis: string, channel: string) =>
  answers.get(basis)!.channels.find((each) => each.channel === channel)!;

describe("channels without joinable touches", () => {
  test.each(["Television", "Online video"] as const)("%s gets credit, marked for where it comes from", (channel) => {
    const { conversions, interval, flags } = creditOf("conversion", channel);
    expect(flags).toEqual(expect.arrayContaining(["low-coverage", "series-fitted"]));
    expect(conversions).toBeGreaterThan(0.5 * market.caused[channel]);
    expect(conversions).toBeLessThan(1.7 * market.caused[channel]);
    expect(interval!.low).toBeLessThan(market.caused[channel]);
    expect(interval!.high).toBeGreaterThan(market.caused[channel]);
  });

  test("what is seen keeps its credit from touches", () => {
    expect(creditOf("conversion", "Mail").flags).not.toContain("series-fitted");
    expect(creditOf("conversion", "Mail").conversions).toBeGreaterThan(0.6 * market.caused.Mail);
  });

  test.each(["conversion", "touch"])("by %s date credit and baseline are what is booked", (basis) => {
    const { totals, baseline, channels } = answers.get(basis)!;
    const credited = channels.reduce((sum, { conversions }) => sum + conversions, 0);
    expect(credited + baseline.conversions).toBeCloseTo(totals.conversions, 6);
    expect(totals.conversions).toBe(market.conversions.length);
    expect(baseline.conversions).toBeGreaterThan(0);
  });

  test("both bases give a channel the same in all", () => {
    for (const channel of ["Television", "Online video", "Mail"])
      expect(creditOf("touch", channel).conversions).toBeCloseTo(creditOf("conversion", channel).conversions, 6);
  });

  test("no day is credited with more than was booked on it, in conversions and in revenue", async () => {
    const { warehouse } = await world.house.workspace("default");
    const { timeZone } = await (await world.house.workspace("default")).settings();
    const range = { from: FROM, to: TO, timeZone };
    const booked = new Map((await warehouse.ask(seriesBookings, range)).map((row) => [row.date, row]));
    const byDay = new Map<string, { conversions: number; revenue: number }>();
    const rows = await warehouse.ask(runCreditByDay, { runId: answers.get("conversion")!.run });
    for (const { date, conversions, revenue } of rows) {
      const day = byDay.get(date) ?? { conversions: 0, revenue: 0 };
      byDay.set(date, {
        conversions: day.conversions + Number(conversions),
        revenue: day.revenue + Number(revenue),
      });
    }
    expect(byDay.size).toBe(DAYS);
    for (const [date, { conversions, revenue }] of byDay) {
      expect(conversions, date).toBeLessThan(Number(booked.get(date)!.conversions));
      expect(revenue, date).toBeLessThan(Number(booked.get(date)!.revenue));
    }
  });

  test("campaigns share what their channel gets as they were paid", async () => {
    const { channels } = await attribute("--by", "campaign");
    const of = (campaign: string) => channels.find((each) => each.campaign === campaign)!.conversions;
    expect(of("North") / of("South")).toBeCloseTo(0.7 / 0.3, 1);
    expect(of("North") + of("South")).toBeCloseTo(creditOf("conversion", "Television").conversions, 6);
  });

  test("by touch date nothing is credited to days on which the channel had been off for long", async () => {
    const { warehouse } = await world.house.workspace("default");
    const rows = await warehouse.ask(runCreditByDay, { runId: answers.get("touch")!.run });
    const days = new Set(rows.filter(({ channel }) => channel === "Television").map(({ date }) => date));
    const paid = new Set(market.spend.filter((row) => row.includes("Television")).map((row) => row.slice(0, 10)));
    expect(days.size).toBeGreaterThan(40);
    for (const day of days) expect(paid.has(day), day).toBe(true);
  });

  test("a run is repeated to the digit", async () => {
    for (const { run } of answers.values())
      expect(await world.json("runs", "repeat", run)).toMatchObject({
        ...{ isSame: true, kept: { verdict: "same" }, frozen: { verdict: "same" }, events: { verdict: "same" } },
      });
  });

  test("its curves come with the run, by draw, in revenue a day", async () => {
    const workspace = await world.house.workspace("default");
    const asked = runParameters({ model: "incremental", from: FROM, to: TO, dateBasis: "touch" });
    const { runId, fit } = await ensureRun(workspace, asked);
    expect(runId).toBe(answers.get("touch")!.run);
    const curves = seriesCurves(fit);
    expect([...curves.keys()].sort()).toEqual(["Online video", "Television"]);
    const { curves: drawn } = curves.get("Television")!;
    expect(drawn.length).toBeGreaterThanOrEqual(150);
    const perMoney = drawn.reduce((sum, curve) => sum + curveValue(curve, 900) / 900, 0) / drawn.length;
    const revenue = Number(creditOf("touch", "Television").revenue);
    const money = market.spend
      .filter((row) => row.includes("Television"))
      .reduce((sum, row) => sum + Number(row.split(",")[3]), 0);
    expect(perMoney / (revenue / money)).toBeGreaterThan(0.6);
    expect(perMoney / (revenue / money)).toBeLessThan(1.6);
  });
});
