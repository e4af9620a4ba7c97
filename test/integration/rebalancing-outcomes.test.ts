import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type DecidedWorth,
  type Plan,
  type ProposalOrigin,
  ProposeInput,
  type RebalancingOutcomes,
} from "@touchline/server/contract";
import { writeSimulatedShop } from "@touchline/server/demo";
import { dailySpend, workspaceExtent } from "@touchline/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { shiftDay } from "../../server/src/calendar-days.ts";
import { sumOf } from "../../server/src/exact.ts";
import { planToday, revenueAt, todaysCurves, weighSplit } from "../../server/src/planning/index.ts";
import { fetchOutcomes } from "../../server/src/rebalancing/outcomes/index.ts";
import { proposals, type WorkspaceStore } from "../../server/src/store/index.ts";
import type { Workspace } from "../../server/src/workspace.ts";
import { openWorld, type World } from "../support/world.ts";

const WEEK: ProposeInput = ProposeInput.parse({
  period: "week",
  budget: null,
  exact: true,
  maxChange: 0.2,
  bounds: [],
});

let world: World;
let folder: string;
let workspace: Workspace;
let store: WorkspaceStore;
let plan: Plan;
/** The last day with bookings. */
let end: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "touchline-outcomes-"));
  world = await openWorld();
  const shop = await writeSimulatedShop(folder, { people: 3_000, days: 200, seed: 9 });
  for (const kind of ["touchpoints", "spend", "conversions"] as const) await world.json("import", kind, shop[kind]);
  workspace = await world.house.workspace("default");
  store = (await world.house.store()).in("default");
  plan = (await planToday(workspace, WEEK)).plan;
  end = (await workspace.warehouse.askOne(workspaceExtent, { timeZone: "UTC" })).lastBookedDay;
}, 180_000);
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const now = () => new Date(`${end}T12:00:00Z`);
const outcomes = (): Promise<RebalancingOutcomes> => fetchOutcomes({ workspace, store }, now());

async function spentIn(from: string): Promise<Map<string, string>> {
  const rows = await workspace.warehouse.ask(dailySpend, { from, to: shiftDay(from, 6) });
  const names = [...new Set(rows.map(({ channel }) => channel))].sort();
  const of = (name: string) => sumOf(rows.filter(({ channel }) => channel === name).map(({ spend }) => spend));
  return new Map(names.map((name) => [name, of(name)]));
}

interface Decision {
  readonly state: "approved" | "rejected";
  readonly origin?: ProposalOrigin;
  readonly allocation?: Plan["allocation"];
  readonly decidedSplit?: { channel: string; amount: string }[];
  readonly decidedWorth?: DecidedWorth;
}

/** A proposal that was decided the day before a week begins. */
async function decide(
  from: string,
  { state, origin = "rebalancing", allocation, decidedSplit, decidedWorth }: Decision,
) {
  const id = randomUUID();
  await store.insert(proposals, {
    ...{ id, name: "weekly", note: "", state, input: WEEK, origin, originId: `run of ${id}` },
    ...{ plan: { ...plan, allocation: allocation ?? plan.allocation }, movedPerWeek: 1, secondPersonAbove: null },
    ...{
      proposedBy: "rebalancing",
      proposerName: "weekly job",
      proposedAt: new Date(`${shiftDay(from, -1)}T06:00:00Z`),
    },
    ...{ decidedBy: "ben", deciderName: "Ben", decidedAt: new Date(`${shiftDay(from, -1)}T09:00:00Z`) },
    ...{ remark: "not before the fair", decidedSplit: decidedSplit ?? null, decidedWorth: decidedWorth ?? null },
  });
  return id;
}

/** Channels that have a curve. */
const movable = () => plan.allocation.filter(({ revenue }) => revenue !== null).map(({ channel }) => channel);

/** What was spent, as if it had been recommended: the first channel had a fifth less before, the second what that is more. */
function asRecommended(spent: ReadonlyMap<string, string>): Plan["allocation"] {
  const [first, second] = movable();
  const shift = Number(spent.get(first!)!) / 5;
  return plan.allocation.map((row) => {
    const recommended = Number(spent.get(row.channel) ?? 0);
    const before =
      row.channel === first ? recommended - shift : row.channel === second ? recommended + shift : recommended;
    return { ...row, recommended: recommended.toFixed(2), current: before.toFixed(2) };
  });
}

describe("what became of plans", () => {
  test("is nothing where none was decided", async () => {
    expect(await outcomes()).toEqual({
      ...{ currency: "EUR", weeks: [], earned: { conservative: 0, middle: 0, weeks: 0 }, changes: null },
    });
  });

  test("is what the spend is worth by the curves of now, against the split before, once its days are mature", async () => {
    const old = shiftDay(end, -70);
    const spent = await spentIn(old);
    const id = await decide(old, { state: "approved", allocation: asRecommended(spent) });
    const next = await decide(shiftDay(old, 7), { state: "approved", allocation: asRecommended(spent) });
    const young = await decide(shiftDay(end, -20), { state: "approved" });
    const { weeks, earned } = await outcomes();
    expect(weeks.map(({ proposalId }) => proposalId)).toEqual([id, ...Array(4).fill(next), ...Array(4).fill(young)]);
    const [week] = weeks;
    expect(week).toMatchObject({ from: old, to: shiftDay(old, 6), overrides: [] });
    const curves = new Map((await todaysCurves(workspace)).channels.map((each) => [each.channel, each.curve]));
    const worth = asRecommended(spent).reduce((sum, { channel, current, recommended }) => {
      const curve = curves.get(channel);
      if (curve === undefined) return sum;
      return sum + 7 * (revenueAt(curve, Number(recommended) / 7) - revenueAt(curve, Number(current) / 7));
    }, 0);
    expect(week!.realised!.gain).toBeCloseTo(worth, 1);
    expect(week!.realised!.low).toBeLessThanOrEqual(week!.realised!.gain);
    expect(week!.promised!.gain).toBeCloseTo(plan.expected.revenue - plan.expected.revenueAtCurrent, 6);
    expect(week!.control!.channels).toEqual(
      plan.allocation.map(({ channel }) => channel).filter((channel) => !movable().slice(0, 2).includes(channel)),
    );
    expect(week!.control!.spend).toBe(sumOf(week!.control!.channels.map((channel) => spent.get(channel) ?? "0")));
    for (const { realised } of weeks.slice(-4)) expect(realised).toBeNull();
    const known = weeks.flatMap(({ realised }) => realised ?? []);
    expect(earned.weeks).toBe(known.length);
    expect(earned.conservative).toBeCloseTo(
      known.reduce((sum, { low }) => sum + low, 0),
      6,
    );
  });

  test("is not claimed where spend never followed the plan", async () => {
    const from = shiftDay(end, -100);
    const spent = await spentIn(from);
    const allocation = asRecommended(spent).map((row) => ({
      ...row,
      current: row.recommended,
      recommended: row.current,
    }));
    const id = await decide(from, { state: "approved", allocation });
    const week = (await outcomes()).weeks.find(({ proposalId }) => proposalId === id);
    expect(week).toMatchObject({ realised: null, promised: { gain: expect.any(Number) } });
  });

  test("is promised as it was decided: by the amounts that were approved, and not at all where nobody could tell", async () => {
    const from = shiftDay(end, -160);
    const [first, second] = movable();
    const decidedSplit = [first!, second!].map((channel) => ({
      ...{ channel, amount: plan.allocation.find((row) => row.channel === channel)!.current },
    }));
    const decidedWorth = (await weighSplit(workspace, plan, WEEK, decidedSplit))!;
    const known = await decide(from, { state: "approved", decidedSplit, decidedWorth });
    const unknown = await decide(shiftDay(from, 7), { state: "approved", decidedSplit });
    const { weeks } = await outcomes();
    const { promised } = weeks.find(({ proposalId }) => proposalId === known)!;
    const { revenue, revenueAtCurrent, interval } = decidedWorth.expected;
    expect(promised).toEqual({ gain: revenue - revenueAtCurrent, low: interval!.low, high: interval!.high });
    expect(promised!.gain).not.toBeCloseTo(plan.expected.revenue - plan.expected.revenueAtCurrent, 2);
    expect(weeks.find(({ proposalId }) => proposalId === unknown)!.promised).toBeNull();
  });

  test("of what somebody decided otherwise is told with who, why and how it went", async () => {
    const from = shiftDay(end, -130);
    const allocation = asRecommended(await spentIn(from));
    const [first, second] = movable().map((name) => allocation.find(({ channel }) => channel === name));
    const decidedSplit = [
      { channel: first!.channel, amount: first!.current },
      { channel: second!.channel, amount: second!.current },
    ];
    const changed = await decide(from, { state: "approved", allocation, decidedSplit });
    const rejected = await decide(from, { state: "rejected", allocation });
    const ofPerson = await decide(from, { state: "rejected", origin: "person", allocation });
    const { weeks } = await outcomes();
    for (const id of [changed, rejected]) {
      const { overrides } = weeks.find(({ proposalId }) => proposalId === id)!;
      expect(overrides.map(({ channel }) => channel).sort()).toEqual([first!.channel, second!.channel].sort());
      const override = overrides.find(({ channel }) => channel === first!.channel);
      expect(override).toMatchObject({
        ...{ recommended: first!.recommended, decided: first!.current, by: "Ben", reason: "not before the fair" },
        gain: expect.any(Number),
      });
      expect(Math.sign(override!.gain!)).toBe(-1);
    }
    expect(weeks.some(({ proposalId }) => proposalId === ofPerson)).toBe(false);
    expect(weeks.find(({ proposalId }) => proposalId === rejected)).toMatchObject({ promised: null, realised: null });
  });
});
