import type { Plan } from "@touchline/server/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { judgeStanding } from "../../server/src/rebalancing/checks/calendar.ts";
import { restingChannels } from "../../server/src/rebalancing/guard-rails/cool-down.ts";
import { activations, proposals, type WorkspaceStore } from "../../server/src/store/index.ts";
import { clockIn } from "../support/watched-shop.ts";
import { openWorld, type World } from "../support/world.ts";

let world: World;
let store: WorkspaceStore;
beforeAll(async () => {
  world = await openWorld();
  store = await (await world.house.workspace("resting")).store.open();
});
afterAll(() => world.close());

const PARIS = "Europe/Paris";
const resting = async (now: Date, coolDownDays = 7) =>
  (await restingChannels(store, { coolDownDays, timeZone: PARIS, now })).map(({ channel, daysLeft }) => [
    channel,
    daysLeft,
  ]);

async function put(id: string, change: Partial<typeof proposals.$inferInsert>): Promise<void> {
  const row = (channel: string, current: string, recommended: string) => ({ channel, current, recommended });
  const allocation = [row("Search", "100", "120"), row("Social", "100", "80"), row("Radio", "50", "50")];
  await store.insert(proposals, {
    ...{ id, name: `plan ${id}`, note: "", state: "approved", plan: { allocation } as unknown as Plan },
    input: { period: "week", budget: null, exact: true, maxChange: null, bounds: [] },
    ...{ movedPerWeek: 20, secondPersonAbove: null, proposedBy: "p", proposerName: "Pia" },
    ...{ proposedAt: new Date("2026-03-20T09:00:00Z"), ...change },
  });
}

test("a channel rests for days of the calendar after its budget changed, over a night of 23 hours as over any other", async () => {
  await put("a", { decidedAt: clockIn(PARIS, "2026-03-23", "06:05") });
  expect(await resting(clockIn(PARIS, "2026-03-23", "08:00"))).toEqual([
    ["Search", 7],
    ["Social", 7],
  ]);
  expect(await resting(clockIn(PARIS, "2026-03-29", "23:30"))).toEqual([
    ["Search", 1],
    ["Social", 1],
  ]);
  // The Monday after, five minutes before a week of 168 hours would be over.
  expect(await resting(clockIn(PARIS, "2026-03-30", "06:00"))).toEqual([]);
  expect(await resting(clockIn(PARIS, "2026-03-30", "06:00"), 14)).toEqual([
    ["Search", 7],
    ["Social", 7],
  ]);
  expect(await resting(clockIn(PARIS, "2026-03-24", "06:00"), 0)).toEqual([]);
});

test("counts from the day on which the change was sent, and what the approver decided otherwise", async () => {
  await put("b", {
    decidedAt: clockIn(PARIS, "2026-06-01", "10:00"),
    decidedSplit: [
      { channel: "Social", amount: "100" },
      { channel: "Radio", amount: "60" },
    ],
  });
  await store.insert(activations, {
    ...{ proposalId: "b", channel: "Search", state: "sent", fromDaily: "14", toDaily: "17", campaigns: [] },
    ...{ approvedAt: clockIn(PARIS, "2026-06-01", "10:00"), sentAt: clockIn(PARIS, "2026-06-03", "10:00") },
  });
  expect(await resting(clockIn(PARIS, "2026-06-08", "06:00"))).toEqual([["Search", 2]]);
  expect(await resting(clockIn(PARIS, "2026-06-05", "06:00"))).toEqual([
    ["Radio", 3],
    ["Search", 5],
  ]);
});

test("proposals of people that wait are told, and stop nothing; what has expired, or came from a run, does not wait", async () => {
  const now = new Date("2026-07-06T04:00:00Z");
  await put("c", { state: "proposed", origin: "rebalancing" });
  await put("d", { state: "proposed", expiresAt: new Date("2026-07-01T00:00:00Z") });
  expect(await judgeStanding(store, PARIS, now)).toMatchObject({ outcome: "passed", numbers: { says: "fine" } });
  await put("e", { state: "proposed" });
  const waits = await judgeStanding(store, PARIS, now);
  expect(waits).toMatchObject({
    outcome: "passed",
    numbers: { says: "waits", proposals: 1, name: "plan e", by: "Pia" },
  });
  expect(waits.text).toMatch(/^1 proposal of people still/);
});
