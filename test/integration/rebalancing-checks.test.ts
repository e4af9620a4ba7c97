import type { RebalancingCheck } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkData } from "../../server/src/rebalancing/checks/index.ts";
import { guardedLimits, judgePlan } from "../../server/src/rebalancing/guard-rails/index.ts";
import { importRow } from "../support/health-rows.ts";
import { contextOn, dayBefore, type ShopRows, watchedShop } from "../support/watched-shop.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Mondays: any one, and those after a night of 23 and one of 25 hours. */
const MONDAY = "2026-05-18";
const SPRING = "2026-03-30";
const AUTUMN = "2025-10-27";

let count = 0;
async function contextOf(spoil: (rows: ShopRows) => void = () => undefined, today = MONDAY) {
  const rows = watchedShop(today);
  spoil(rows);
  return contextOn(world, `shop-${++count}`, rows, today);
}
async function checksOf(spoil?: (rows: ShopRows) => void, today?: string): Promise<RebalancingCheck[]> {
  return checkData(await contextOf(spoil, today));
}
const blocksOf = (checks: readonly RebalancingCheck[]) => checks.filter(({ outcome }) => outcome === "blocked");
const textsOf = (checks: readonly RebalancingCheck[]) => blocksOf(checks).map(({ text }) => text);

describe("the data of a run", () => {
  test.each([MONDAY, SPRING, AUTUMN])(
    "of a shop that is well pass, every rule with its figures, on %s",
    async (today) => {
      const checks = await checksOf(undefined, today);
      expect(textsOf(checks)).toEqual([]);
      expect(checks.every(({ outcome, lift, text }) => outcome === "passed" && lift === "" && text !== "")).toBe(true);
      expect(new Set(checks.map(({ rule }) => rule))).toEqual(
        new Set([
          ...["blackout", "stale-source", "incomplete-days", "conversions-dropped", "spend-jumped", "channel-silent"],
          ...["spend-drift", "journey-drift", "conversion-drift", "standing-proposal"],
        ]),
      );
    },
  );

  test("pass too when the workspace changes its zone", async () => {
    const context = await contextOf();
    for (const timeZone of ["America/New_York", "Asia/Tokyo", "UTC"]) {
      await context.workspace.changeSettings({ timeZone });
      expect(textsOf(await checkData(context))).toEqual([]);
    }
  });

  test("of an empty workspace pass: there is nothing that could be wrong", async () => {
    const workspace = await world.house.workspace("nothing");
    const store = await workspace.store.open();
    const { settings, now } = await contextOf();
    expect(textsOf(await checkData({ workspace, store, settings, now, last: null }))).toEqual([]);
  });
});

describe("what is wrong with the data stops a run, in the right words", () => {
  test("a source that went stale", async () => {
    const checks = await checksOf((rows) => {
      rows.touchpoints = rows.touchpoints.filter(({ occurred_at }) => String(occurred_at) < dayBefore(MONDAY, 4));
    });
    const [block] = blocksOf(checks);
    expect(block).toMatchObject({ rule: "stale-source", channel: null });
    expect(block!.numbers).toMatchObject({ says: "stale", source: "web", kind: "touchpoints", limitHours: 72 });
    expect(block!.text).toMatch(
      /^Stale source: "web" \(touchpoints\) has said nothing for 102 hours, where the limit is 72/,
    );
    expect(block!.lift).toMatch(/Import its newest days/);
  });

  test("conversion tracking that dropped to zero", async () => {
    const checks = await checksOf((rows) => {
      rows.conversions = rows.conversions.filter(({ occurred_at }) => String(occurred_at) < dayBefore(MONDAY, 4));
    });
    const [block, ...others] = blocksOf(checks);
    expect(others).toEqual([]);
    expect(block).toMatchObject({ rule: "conversions-dropped", numbers: { says: "zero", type: "purchase", seen: 0 } });
    expect(block!.text).toMatch(
      /^Conversion tracking looks broken: not one conversion of the type "purchase" from 2026-05-1[45] to 2026-05-17, where \d+ were to be expected\.$/,
    );
    expect(block!.lift).toMatch(/Repair the tracking/);
  });

  test("revenue that is no longer written", async () => {
    const checks = await checksOf((rows) => {
      rows.conversions = rows.conversions.map((row) =>
        String(row.occurred_at) < dayBefore(MONDAY, 8) ? row : { ...row, revenue: "0" },
      );
    });
    expect(blocksOf(checks)).toMatchObject([{ rule: "conversions-dropped", numbers: { says: "revenue" } }]);
  });

  test("spend that was imported from two sources", async () => {
    const checks = await checksOf((rows) => {
      const again = rows.spend.filter(
        ({ source, spend_date }) => source === "google" && spend_date >= dayBefore(MONDAY, 7),
      );
      rows.spend.push(...again.map((row) => ({ ...row, source: "agency", import_id: 5 })));
      rows.imports.push(importRow(5, "spend", "agency", again.length));
    });
    const [block, ...others] = blocksOf(checks);
    expect(others).toEqual([]);
    expect(block).toMatchObject({
      rule: "spend-jumped",
      numbers: { says: "twice", source: "agency", other: "google", rows: 14 },
    });
    expect(block!.text).toMatch(
      /^Spend looks imported twice: 14 rows from 2026-05-11 to 2026-05-17 coincide exactly between "agency" and "google"; [\d,.]+ EUR count double\.$/,
    );
    expect(block!.lift).toMatch(/Take one of the two imports back/);
  });

  test("spend whose file held every row twice", async () => {
    const checks = await checksOf((rows) => {
      rows.spend = rows.spend.map((row) =>
        row.spend_date < dayBefore(MONDAY, 7) ? row : { ...row, cost: (2 * Number(row.cost)).toFixed(2) },
      );
    });
    const [block] = blocksOf(checks);
    expect(block).toMatchObject({ rule: "spend-jumped", numbers: { says: "jumped" } });
    expect(block!.text).toMatch(
      /^Spend has jumped .* times what was to be expected, while touches are at \S+ % of theirs/,
    );
  });

  test("half of a day that is missing", async () => {
    const checks = await checksOf((rows) => {
      const day = dayBefore(MONDAY, 3);
      rows.touchpoints = rows.touchpoints.filter((row, i) => !String(row.occurred_at).startsWith(day) || i % 5 === 0);
    });
    expect(blocksOf(checks)).toMatchObject([
      { rule: "incomplete-days", numbers: { says: "short", day: "2026-05-15" } },
    ]);
  });

  test("a blackout, by the day of the workspace", async () => {
    const context = await contextOf();
    const blackouts = [{ from: "2026-05-16", to: "2026-05-18", reason: "stocktaking" }];
    const settings = { ...context.settings, guardRails: { ...context.settings.guardRails, blackouts } };
    const [block] = blocksOf(await checkData({ ...context, settings }));
    expect(block!.text).toBe(
      "2026-05-18 lies in the blackout from 2026-05-16 to 2026-05-18 (stocktaking): nothing is moved.",
    );
    const later = new Date(context.now.getTime() + 20 * 3_600_000);
    expect(blocksOf(await checkData({ ...context, settings, now: later }))).toEqual([]);
  });
});

describe("a channel that was paused", () => {
  const pause = (rows: ShopRows, channel: string, days: number) => {
    rows.spend = rows.spend.filter((row) => row.channel !== channel || row.spend_date < dayBefore(MONDAY, days));
    rows.touchpoints = rows.touchpoints.filter(
      (row) => row.channel !== channel || String(row.occurred_at) < dayBefore(MONDAY, days),
    );
  };

  test("is held with its figures, and the run goes on and leaves it alone", async () => {
    const context = await contextOf((rows) => pause(rows, "Social", 4));
    const checks = await checkData(context);
    expect(textsOf(checks)).toEqual([]);
    const held = checks.filter(({ outcome }) => outcome === "held");
    expect(held).toMatchObject([
      { rule: "channel-silent", channel: "Social", numbers: { days: 4, since: "2026-05-14" } },
    ]);
    expect(held[0]!.text).toMatch(
      /^Social is paused: it has spent nothing for 4 days, since 2026-05-14, after [\d.]+ EUR a day/,
    );
    const { plan, input, checks: rails } = await guardedLimits(context);
    expect(input.bounds).toMatchObject([{ channel: "Social", locked: true }]);
    const row = plan.allocation.find(({ channel }) => channel === "Social")!;
    expect(row.recommended).toBe(row.current);
    const judged = await judgePlan(context, plan);
    expect(["propose", "nothing"]).toContain(judged.verdict);
    const rules = new Set([...rails, ...judged.checks].map(({ rule }) => rule));
    expect(rules).toEqual(
      new Set([
        ...["total-moved", "exploration", "protected", "cool-down", "extrapolation"],
        ...["within-noise", "channel-change", "not-identified"],
      ]),
    );
  });

  test("blocks where its touches go on: then its spend is missing", async () => {
    const checks = await checksOf((rows) => {
      rows.spend = rows.spend.filter((row) => row.channel !== "Social" || row.spend_date < dayBefore(MONDAY, 4));
      rows.spend.push({
        ...rows.spend.find(({ channel }) => channel === "Video")!,
        source: "meta",
        spend_date: dayBefore(MONDAY, 1),
      });
    });
    expect(blocksOf(checks)).toMatchObject([
      { rule: "stale-source", channel: "Social", numbers: { says: "spend-missing", newest: "2026-05-13" } },
    ]);
  });

  test("blocks with more than half of the budget", async () => {
    const checks = await checksOf((rows) => {
      pause(rows, "Social", 4);
      pause(rows, "Search", 4);
    });
    expect(blocksOf(checks)).toMatchObject([{ rule: "channel-silent", numbers: { says: "most", channels: 2 } }]);
    expect(textsOf(checks)[0]).toMatch(/^2 paused channels had \S+ % of the budget/);
  });
});
