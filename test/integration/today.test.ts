import type { TodayBrief } from "@touchline/server/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

let people: PeopleWorld;
let buyer: Person;
let viewer: Person;

const FIRST = Date.parse("2024-07-01T00:00:00Z");
/** Until Sunday 27 October. */
const DAYS = 119;
const dateOf = (day: number) => new Date(FIRST + day * 86_400_000).toISOString().slice(0, 10);
const everyDay = (line: (date: string, day: number) => string | null) =>
  Array.from({ length: DAYS }, (_, day) => line(dateOf(day), day)).filter((text) => text !== null);

/** Days that differ as days do: weeks come out a few per cent apart. */
const sold = (day: number) => 180 + ((37 * day * day) % 53);

/** Social is silent in the last three days; in the last week Search spends three times as much as ever. */
function searchCost(day: number): number {
  return (day >= DAYS - 7 ? 300 : 100) + (day % 5);
}

beforeAll(async () => {
  people = await openPeopleWorld();
  const { world } = people;
  const write = (name: string, head: string, lines: string[]) => world.file(name, [head, ...lines].join("\n"));
  const spend = [
    ...everyDay((date, day) => `${date},Search,brand,${searchCost(day)},EUR`),
    ...everyDay((date, day) => (day < DAYS - 3 ? `${date},Social,feed,50,EUR` : null)),
  ];
  const sales = [
    ...everyDay((date, day) => `c-${day},${date}T10:00:00Z,v-${day},purchase,${sold(day)},EUR`),
    "broken,not a time,v-1,purchase,10,EUR",
  ];
  const touches = everyDay((date, day) => `t-${day},${date}T09:00:00Z,v-${day},Search,brand,click`);
  const ways = ["--workspace", "north"];
  const { json, run } = world;
  await json("import", "spend", write("spend.csv", "date,channel,campaign,cost,currency", spend), ...ways);
  const head = "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency";
  await run("import", "conversions", write("sales.csv", head, sales), ...ways);
  const touchHead = "event_id,occurred_at,visitor_id,channel,campaign,interaction";
  await json("import", "touchpoints", write("touches.csv", touchHead, touches), ...ways);
  buyer = await people.person("Bea Buyer", { north: "media-buyer" });
  viewer = await people.person("Vera Viewer", { north: "viewer" });
}, 300_000);
afterAll(() => people.close());

/** The brief once every part of it is there. */
async function brief({ caller }: Person): Promise<TodayBrief> {
  for (;;) {
    const answer = await caller.ask<TodayBrief>("today.brief");
    if (answer.underway.length === 0) return answer;
    await new Promise((done) => setTimeout(done, 200));
  }
}

const kindsOf = ({ needs }: TodayBrief) => needs.map(({ kind }) => kind);

test("the last full week stands beside the week before, to the cent, and is judged by the past", {
  timeout: 180_000,
}, async () => {
  const answer = await brief(buyer);
  expect(answer).toMatchObject({
    ...{ asOf: "2024-10-27", currency: "EUR", failed: [] },
    week: {
      range: { from: "2024-10-21", to: "2024-10-27" },
      before: { from: "2024-10-14", to: "2024-10-20" },
      yearBefore: { from: "2023-10-23", to: "2023-10-29" },
    },
  });
  const week = (from: number) =>
    Array.from({ length: 7 }, (_, i) => sold(from + i)).reduce((sum, each) => sum + each, 0);
  expect(Number(answer.revenue!.now)).toBe(week(DAYS - 7));
  expect(Number(answer.revenue!.before)).toBe(week(DAYS - 14));
  expect(answer.revenue!.isUnusual).toBe(false);
  const search = answer.channels.find(({ channel }) => channel === "Search")!;
  expect(search.spend.isUnusual).toBe(true);
  expect(answer.channels[0]!.channel).toBe("Search");
  expect(answer.weeks).toHaveLength(13);
  expect(answer.weeks.at(-1)).toMatchObject({ from: "2024-10-21", isComplete: true });
});

test("a channel that has gone silent and refused rows ask for whoever can do something", {
  timeout: 180_000,
}, async () => {
  const [asBuyer, asViewer] = [await brief(buyer), await brief(viewer)];
  expect(asBuyer.needs).toContainEqual({ kind: "silent-channel", channel: "Social", lastDay: "2024-10-24" });
  expect(asBuyer.needs).toContainEqual({ kind: "rejected", rows: 1, sources: 1 });
  expect(kindsOf(asViewer)).toContain("silent-channel");
  // A viewer can mend nothing, so nothing of it waits for them.
  expect(kindsOf(asViewer)).not.toContain("rejected");
  expect(asBuyer.health!.checks).toBeGreaterThan(10);
});

test("a proposal waits for those who may decide on it, and for nobody else", async () => {
  await people.rows(
    `INSERT INTO proposals (workspace_id, id, name, note, state, input, plan, moved_per_week, second_person_above, proposed_by, proposer_name, proposed_at)
     VALUES ('north', 'p-1', 'Week 44', '', 'proposed', '{}', '{"currency":"EUR"}', 120.5, 100, '${buyer.id}', 'Bea Buyer', now())`,
  );
  const finance = await people.person("Farah Finance", { north: "finance" });
  const [forFinance, forProposer, forViewer] = [await brief(finance), await brief(buyer), await brief(viewer)];
  expect(forFinance.needs).toContainEqual({
    ...{ kind: "proposal", id: "p-1", name: "Week 44", origin: "person", proposer: "Bea Buyer" },
    ...{ movedPerWeek: "120.50", currency: "EUR" },
  });
  // It moves more than one person may, and one of them has proposed it.
  expect(kindsOf(forProposer)).not.toContain("proposal");
  expect(kindsOf(forViewer)).not.toContain("proposal");
}, 180_000);

test("nothing of it is shown to who does not belong there", async () => {
  const stranger = await people.person("Stig Stranger", { south: "owner" });
  const refused = await stranger.caller.call("today.brief", undefined);
  // Their own workspace has nothing yet, and says what to do.
  expect(refused.code).toBe("BAD_REQUEST");
  expect(refused.message).toContain("import conversions and spend first");
});
