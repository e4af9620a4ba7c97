import type { RoiReport } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { minus, sumOf, toCents } from "../../server/src/exact.ts";
import { importTrade, tradeInThreeCurrencies } from "../support/three-currencies.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;

beforeAll(async () => {
  world = await openWorld();
  await importTrade(world, "year", tradeInThreeCurrencies("2024-01-01", 366, 9_000));
}, 600_000);
afterAll(() => world.close());

const ask = async (...argv: string[]) =>
  (await world.json("report", "roi", "--workspace", "year", ...argv)) as RoiReport;
const YEAR = ["--from", "2024-01-01", "--to", "2024-12-31"];

/** What the engine itself adds up. */
async function engineSum(sql: string): Promise<string> {
  const { warehouse } = await world.house.workspace("year");
  const [row] = await warehouse.engine.rows("sum-of-test", sql);
  return toCents(z.object({ amount: z.string() }).parse(row).amount);
}

const MONEY = ["spend", "attributedRevenue", "incrementalRevenue", "margin"] as const;
const COUNTS = ["attributedConversions", "incrementalConversions"] as const;

describe("a year in three currencies with refunds", () => {
  test.each(["channel", "campaign", "month"])("by %s adds up: every total is the sum of its rows", async (level) => {
    const report = await ask(...YEAR, "--level", level);
    expect(report.rows.length).toBeGreaterThan(3);
    for (const figure of [...MONEY, ...COUNTS])
      expect(sumOf(report.rows.map((row) => row.figures[figure] ?? "0")), figure).toBe(report.total[figure]);
    const isEstimated = report.rows.some(({ figures }) => figures.incrementalLow !== null);
    const noted = report.notes.some(({ code }) => code === `${level}s-without-interval`);
    expect([isEstimated, noted]).toEqual(level === "channel" ? [true, false] : [false, true]);
    expect(report.total.incrementalLow).not.toBeNull();
    for (const part of ["spend", "attributedRevenue", "incrementalRevenue"] as const)
      expect(sumOf(report.months.map((month) => month[part])), part).toBe(report.total[part]);
    expect(report.reconciliation.map(({ code, difference }) => `${code} ${difference}`)).toEqual([
      ...["revenue 0", "incremental-revenue 0", "conversions 0", "refunds 0", "spend 0"],
    ]);
    expect(report.reconciliation.every(({ isBalanced }) => isBalanced)).toBe(true);
  });

  test("has the totals that the engine's own sums have", async () => {
    const report = await ask(...YEAR);
    const line = (code: string) => report.reconciliation.find((each) => each.code === code)!;
    const sold = "SELECT toString(sum(revenue)) AS amount FROM conversions WHERE workspace_id = 'year'";
    const back = "SELECT toString(sum(amount)) AS amount FROM adjustments WHERE workspace_id = 'year'";
    const cost = "SELECT toString(sum(cost)) AS amount FROM spend FINAL WHERE workspace_id = 'year'";
    const net = `SELECT toString((SELECT sum(revenue) FROM conversions WHERE workspace_id = 'year') + (SELECT sum(amount) FROM adjustments WHERE workspace_id = 'year')) AS amount`;
    expect(report.total.spend).toBe(await engineSum(cost));
    expect(line("revenue").booked).toBe(await engineSum(net));
    expect(line("refunds").parts.find(({ code }) => code === "refunds")!.amount).toBe(await engineSum(back));
    // Gross is what the net and the refunds of the report leave, so that its column adds up. Each of the two is rounded by itself: it is
    // the difference to the cent, and may be one cent off the sum of the sales.
    const gross = line("refunds").parts.find(({ code }) => code === "gross")!.amount;
    expect(gross).toBe(minus(await engineSum(net), await engineSum(back)));
    expect(["-0.01", "0", "0.01"]).toContain(minus(gross, await engineSum(sold)));
    expect(line("conversions").booked).toBe("9000");
    const kinds = report.currencies.map(({ currency, kind }) => `${currency} ${kind}`);
    expect(kinds.sort()).toEqual([
      ...["GBP refund", "GBP revenue", "GBP spend", "USD refund", "USD revenue", "USD spend"],
    ]);
    expect(report.baseline.share).toBeGreaterThan(0);
  });

  test("compares whole months with whole months, a row that is on one side only included", async () => {
    const report = await ask("--from", "2024-03-01", "--to", "2024-03-31", "--model", "last");
    expect(report.before).toEqual({ from: "2024-02-01", to: "2024-02-29" });
    const february = await ask("--from", "2024-02-01", "--to", "2024-02-29", "--model", "last", "--compare", "none");
    expect(report.totalBefore).toEqual(february.total);
    expect(sumOf(report.rows.map(({ before }) => before!.spend))).toBe(february.total.spend);
    const first = await ask("--from", "2024-01-01", "--to", "2024-01-31");
    expect([first.before, first.totalBefore]).toEqual([null, null]);
  });

  test("by channel, campaign and month comes to the same total", async () => {
    const of = async (level: string) => (await ask(...YEAR, "--level", level, "--compare", "none")).total;
    const channel = await of("channel");
    const noPlan = { budget: null, committed: null, invoiced: null };
    expect({ ...(await of("campaign")), ...noPlan }).toEqual({ ...channel, ...noPlan });
    expect(await of("month")).toEqual(channel);
  });
});
