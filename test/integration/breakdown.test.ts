import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BREAKDOWNS, type BreakdownAnswer, type BreakdownFigures, type Overview } from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let buyer: Person;
let scope: { range: { from: string; to: string }; compare: { from: string; to: string }; model: string };

beforeAll(async () => {
  people = await openPeopleWorld();
  const folder = mkdtempSync(join(tmpdir(), "touchline-breakdown-"));
  const shop = await writeSimulatedShop(folder, { people: 900, days: 60, seed: 5 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const)
    await people.world.json("import", kind, shop[kind], "--workspace", "shop");
  rmSync(folder, { recursive: true, force: true });
  buyer = await people.person("Ada", { shop: "viewer" });
  const { days } = await buyer.caller.ask<{ days: { from: string; to: string } }>("workspace.status");
  const back = (count: number) => new Date(Date.parse(days.to) - count * 86_400_000).toISOString().slice(0, 10);
  scope = {
    range: { from: back(20), to: days.to },
    compare: { from: back(41), to: back(21) },
    model: "linear",
  };
});
afterAll(() => people.close());

const ask = (input: object) => buyer.caller.ask<BreakdownAnswer>("performance.breakdown", { ...scope, ...input });

/** Decimals as whole trillionths. */
function units(amount: string): bigint {
  const [whole = "0", fraction = ""] = amount.replace("-", "").split(".");
  const size = BigInt(whole + fraction.padEnd(12, "0"));
  return amount.startsWith("-") ? -size : size;
}
const sum = (amounts: readonly (string | null | undefined)[]) =>
  amounts.reduce((total, amount) => total + units(amount ?? "0"), 0n);

type Side = "now" | "before";
const SIDES = ["now", "before"] as const satisfies readonly Side[];
const partsOf = (answer: BreakdownAnswer, side: Side): BreakdownFigures[] =>
  [...answer.rows, ...(answer.others === null ? [] : [answer.others])].flatMap((row) => row[side] ?? []);

describe("a breakdown adds up to the last digit", () => {
  test.each(BREAKDOWNS)("by %s, to what was booked on both ranges", async (by) => {
    const answer = await ask({ by, limit: 3 });
    expect(answer.rows.length).toBeGreaterThan(0);
    expect(answer.compared).toEqual(scope.compare);
    for (const side of SIDES) {
      const parts = partsOf(answer, side);
      for (const measure of ["conversions", "revenue"] as const) {
        const booked = units(answer.booked![side]![measure]);
        expect(booked).toBeGreaterThan(0n);
        expect(sum([...parts.map((row) => row[measure]), answer.noTouch![side]![measure]])).toBe(booked);
        const incremental = parts.map((row) => row.incremental?.[measure]);
        expect(sum([...incremental, answer.baseline![side]![measure]])).toBe(booked);
        expect(sum(parts.map((row) => row[measure]))).toBe(units(answer.total[side]![measure]));
      }
    }
  });

  test.each(["channel", "campaign"] as const)("by %s, spend, delivery and claims too", async (by) => {
    const answer = await ask({ by, limit: 2 });
    const overview = await buyer.caller.ask<Overview>("performance.overview", scope);
    for (const side of SIDES) {
      const parts = partsOf(answer, side);
      const total = answer.total[side]!;
      expect(sum(parts.map((row) => row.spend))).toBe(units(total.spend!));
      expect(units(total.spend!)).toBe(units(overview[side]!.totals.spend));
      for (const count of ["impressions", "clicks", "touches"] as const)
        expect(parts.reduce((all, row) => all + (row[count] ?? 0), 0)).toBe(total[count] ?? 0);
      expect(sum(parts.map((row) => row.claimed?.conversions))).toBe(units(total.claimed?.conversions ?? "0"));
    }
  });

  test("campaigns to their channel, creatives to their campaign", async () => {
    const { rows } = await ask({ by: "channel" });
    let checked = 0;
    for (const { channel, now, before } of rows) {
      const campaigns = await ask({ by: "campaign", within: { channel } });
      expect(campaigns.booked).toBeNull();
      for (const [side, figures] of [
        ["now", now],
        ["before", before!],
      ] as const) {
        expect(sum(partsOf(campaigns, side).map((row) => row.revenue))).toBe(units(figures.revenue));
        expect(sum(partsOf(campaigns, side).map((row) => row.spend))).toBe(units(figures.spend ?? "0"));
        expect(campaigns.total[side]!.touches ?? 0).toBe(figures.touches ?? 0);
        checked++;
      }
      const campaign = campaigns.rows[0]!;
      const creatives = await ask({ by: "creative", within: { channel, campaign: campaign.campaign } });
      expect(sum(partsOf(creatives, "now").map((row) => row.revenue))).toBe(units(campaign.now.revenue));
    }
    expect(checked).toBeGreaterThan(6);
  });
});

describe("a breakdown says what the command line says", () => {
  test("of every campaign", async () => {
    const { from, to } = scope.range;
    const printed = (await people.world.json(
      ...["attribute", "--model", "linear", "--from", from, "--to", to, "--by", "campaign", "--workspace", "shop"],
    )) as { channels: { channel: string; campaign: string; revenue: string; spend: string | null }[] };
    const { rows } = await ask({ by: "campaign", limit: 500 });
    const told = new Map(rows.map((row) => [`${row.channel} ${row.campaign}`, row.now]));
    for (const { channel, campaign, revenue, spend } of printed.channels) {
      const figures = told.get(`${channel} ${campaign}`)!;
      expect([channel, campaign, units(figures.revenue)]).toEqual([channel, campaign, units(revenue)]);
      expect(figures.spend === null ? null : units(figures.spend)).toBe(spend === null ? null : units(spend));
    }
    expect(printed.channels.length).toBeGreaterThan(5);
  });
});

describe("the rows shown", () => {
  test("are those that were asked for, in their order, and the others stay counted", async () => {
    const all = await ask({ by: "campaign", sort: "spend", limit: 500 });
    const spends = all.rows.flatMap((row) => (row.now.spend === null ? [] : [Number(row.now.spend)]));
    expect(spends).toEqual([...spends].sort((a, b) => b - a));
    const second = await ask({ by: "campaign", sort: "spend", skip: 2, limit: 2 });
    expect(second.rows.map((row) => row.campaign)).toEqual(all.rows.slice(2, 4).map((row) => row.campaign));
    expect(second.others!.count).toBe(all.count - 2);
    const found = await ask({ by: "campaign", contains: all.rows[0]!.campaign.toUpperCase() });
    expect(found.matching).toBeGreaterThan(0);
    expect(found.matching + found.others!.count).toBe(all.count);
  });

  test("of one customer type stand against the bookings of that type alone", async () => {
    const [all, fresh, old] = await Promise.all(
      ["", "new", "returning"].map((customers) => ask({ by: "channel", customers })),
    );
    const booked = (answer: BreakdownAnswer | undefined) => units(answer!.booked!.now.revenue);
    expect(booked(fresh) + booked(old)).toBe(booked(all));
    const daily = await buyer.caller.ask<Overview>("performance.overview", { ...scope, customers: "new" });
    expect(sum(daily.now.daily.map((day) => day.revenue))).toBe(booked(fresh));
  });
});

describe("the overview", () => {
  test("adds up by day and by channel to its totals, and leaves days without rows open", async () => {
    const overview = await buyer.caller.ask<Overview>("performance.overview", scope);
    for (const side of SIDES) {
      const { totals, daily } = overview[side]!;
      expect(sum(daily.map((day) => day.revenue))).toBe(units(totals.revenue));
      expect(sum(daily.map((day) => day.spend))).toBe(units(totals.spend));
      expect(sum(daily.map((day) => day.credited?.revenue))).toBe(units(totals.credited.revenue));
      expect(sum(daily.map((day) => day.incremental?.revenue))).toBe(units(totals.incremental!.revenue));
    }
    const { totals, daily } = overview.now;
    expect(daily).toHaveLength(21);
    expect(sum(overview.channels.flatMap(({ revenue }) => revenue))).toBe(units(totals.credited.revenue));
    const { low, high } = totals.interval!;
    expect(low).toBeLessThanOrEqual(Number(totals.incremental!.revenue));
    expect(high).toBeGreaterThanOrEqual(Number(totals.incremental!.revenue));
  });

  test("compares with nothing where the data does not reach back", async () => {
    const overview = await buyer.caller.ask<Overview>("performance.overview", {
      ...scope,
      compare: { from: "2001-01-01", to: "2001-01-21" },
    });
    expect(overview.before).toBeNull();
  });
});
