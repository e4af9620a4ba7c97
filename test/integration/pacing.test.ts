import type { MonthBudgets, PacingMonth } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let finance: Person;
let viewer: Person;
let stranger: Person;

const WEEK = [100, 100, 110, 90, 120, 40, 40];
/** Search spends one week over and over; Social sends nothing after 17 October. */
function spendFile(): string {
  const lines = ["date,channel,campaign,cost,currency"];
  const first = Date.parse("2024-08-01T00:00:00Z");
  for (let day = 0; day < 92; day++) {
    const date = new Date(first + day * 86_400_000).toISOString().slice(0, 10);
    lines.push(`${date},Search,brand,${WEEK[day % 7]}.10,EUR`);
    if (date <= "2024-10-17") lines.push(`${date},Social,feed,50,EUR`);
  }
  return lines.join("\n");
}
const cost = (day: number) => WEEK[day % 7]! + 0.1;
/** 1 October is the 62nd day of the file. */
const searchUntil = (dayOfOctober: number) =>
  Array.from({ length: dayOfOctober }, (_, i) => cost(61 + i)).reduce((sum, each) => sum + each, 0);

beforeAll(async () => {
  people = await openPeopleWorld();
  const { world } = people;
  await world.json("import", "spend", world.file("spend.csv", spendFile()), "--workspace", "north");
  finance = await people.person("Farah Finance", { north: "finance" });
  viewer = await people.person("Vera Viewer", { north: "viewer" });
  stranger = await people.person("Stig Stranger", { south: "owner" });
}, 300_000);
afterAll(() => people.close());

const show = (who: Person, on: string | null = "2024-10-20", month: string | null = null) =>
  who.caller.ask<PacingMonth>("pacing.show", { month, on });

const AMOUNTS = [
  { channel: "Search", amount: "2000" },
  { channel: "Social", amount: "1550" },
];

describe("the pace of a month", () => {
  test("without a plan says what was spent, to the cent, and foretells the rest", async () => {
    const pacing = await show(viewer);
    expect(pacing).toMatchObject({
      ...{ month: "2024-10", phase: "current", asOf: "2024-10-20", isLookedBack: true, currency: "EUR" },
      ...{ days: { all: 31, known: 20 }, planSource: { kind: "none" }, incompleteDay: null },
    });
    const search = pacing.channels.find(({ channel }) => channel === "Search")!;
    expect(Number(search.spent)).toBe(Number(searchUntil(20).toFixed(2)));
    // The pattern repeats, so that what really came is known: the forecast made on the 20th is held against it.
    expect(search.forecast!.mean).toBeCloseTo(searchUntil(31), 4);
    expect(search.status).toBeNull();
    const social = pacing.channels.find(({ channel }) => channel === "Social")!;
    expect(social).toMatchObject({ silentSince: "2024-10-17", spent: "850" });
    expect(social.forecast!.mean).toBeCloseTo(50 * 31, 4);
    const total = Number(search.spent) + 850;
    expect(Number(pacing.total.spent)).toBeCloseTo(total, 9);
    expect(pacing.total.forecast!.mean).toBeCloseTo(search.forecast!.mean + social.forecast!.mean, 6);
  });

  test("of a month that is over is what was spent in it", async () => {
    const pacing = await show(viewer, null, "2024-09");
    expect(pacing).toMatchObject({ phase: "past", days: { all: 30, known: 30 }, isLookedBack: false });
    expect(pacing.total.forecast).toBeNull();
    expect(pacing.channels.map(({ channel, spent }) => [channel, spent])).toContainEqual(["Social", "1500"]);
  });

  test("is nobody's who does not belong there", async () => {
    const other = people.nobody({ workspace: "north" });
    expect((await other.call("pacing.show", {})).code).toBe("UNAUTHORIZED");
    expect((await show(stranger, null)).channels).toEqual([]);
  });
});

describe("budgets", () => {
  test("are set by who may, once, with an entry in the audit that names what was before", async () => {
    const refused = await viewer.caller.call("pacing.setBudgets", { month: "2024-10", budgets: AMOUNTS });
    expect(refused.code).toBe("FORBIDDEN");
    const set = await finance.caller.ask<MonthBudgets>("pacing.setBudgets", { month: "2024-10", budgets: AMOUNTS });
    expect(set.budgets).toEqual(AMOUNTS);
    const pacing = await show(viewer);
    expect(pacing.planSource).toEqual({ kind: "budgets" });
    const [search, social] = ["Search", "Social"].map((name) => pacing.channels.find((row) => row.channel === name)!);
    expect(search).toMatchObject({ plan: "2000", planToDate: "1290.32", status: "ahead", isCertain: true });
    expect(search!.dailyToLand).toBeCloseTo(Math.max(0, (2_000 - searchUntil(20)) / 11), 6);
    expect(social).toMatchObject({ status: "on-plan", isCertain: true });
    expect(pacing.total.plan).toBe("3550");
    const entries = await people.rows<{ body: string }>(
      "SELECT body FROM audit_entries WHERE workspace_id = 'north' AND action = 'budgets.set'",
    );
    expect(entries).toHaveLength(1);
    expect(entries[0]!.body).toContain("1550");
  });

  test("are copied to another month in place of its own, and taken away one by one", async () => {
    await finance.caller.ask("pacing.setBudgets", {
      ...{ month: "2024-11", budgets: [{ channel: "Radio", amount: "10" }] },
    });
    const copied = await finance.caller.ask<MonthBudgets>("pacing.copyMonth", { from: "2024-10", to: "2024-11" });
    expect(copied).toEqual({ month: "2024-11", budgets: AMOUNTS });
    const gone = { month: "2024-11", budgets: [{ channel: "Social", amount: null }] };
    const left = await finance.caller.ask<MonthBudgets>("pacing.setBudgets", gone);
    expect(left.budgets).toEqual([AMOUNTS[0]]);
    const nothing = await finance.caller.call("pacing.copyMonth", { from: "2023-01", to: "2024-12" });
    expect(nothing.code).toBe("BAD_REQUEST");
    expect(nothing.message).toContain("2023-01 has no budgets to copy");
  });

  test("that make no sense are refused", async () => {
    for (const [month, budget] of [
      ["2024-13", { channel: "Search", amount: "1" }],
      ["2024-10", { channel: "Search", amount: "-1" }],
      ["2024-10", { channel: "Search", amount: "1.234" }],
      ["2024-10", { channel: " ", amount: "1" }],
    ] as const)
      expect((await finance.caller.call("pacing.setBudgets", { month, budgets: [budget] })).code).toBe("BAD_REQUEST");
    expect((await show(viewer)).budgets).toEqual(AMOUNTS);
  });

  test("of one workspace are in no other", async () => {
    expect((await show(stranger, null, "2024-10")).budgets).toEqual([]);
  });
});
