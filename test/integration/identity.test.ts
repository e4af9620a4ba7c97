import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ConversionEvent, referenceJourneys, type TouchEvent } from "../support/reference-journeys.ts";
import { type LinkEvent, referencePersons } from "../support/reference-persons.ts";
import { openWorld, type World } from "../support/world.ts";

const Answer = z.object({
  run: z.string(),
  totals: z.object({ conversions: z.number(), revenue: z.string() }),
  baseline: z.object({ conversions: z.number(), revenue: z.string() }),
  channels: z.array(z.object({ channel: z.string(), conversions: z.number(), revenue: z.string() })),
});
type Answer = z.infer<typeof Answer>;

const HEADERS = {
  touchpoints: "event_id,occurred_at,visitor_id,channel,campaign,interaction",
  conversions: "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
  identities: "visitor_id,person_id,linked_at",
  adjustments: "adjustment_id,adjusts_conversion_id,amount,occurred_at",
} as const;
type Kind = keyof typeof HEADERS;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

let files = 0;
function load(workspace: string, kind: Kind, rows: readonly string[]): Promise<unknown> {
  const path = world.file(`${kind}-${files++}.csv`, `${HEADERS[kind]}\n${rows.join("\n")}\n`);
  return world.json("import", kind, path, "--workspace", workspace);
}

/** A touch at noon of a day of March 2026. */
const touch = (day: number, visitor: string, channel: string) =>
  `${visitor}-${day}-${channel},2026-03-${String(day).padStart(2, "0")}T12:00:00Z,${visitor},${channel},c,click`;
const sale = (day: number, visitor: string, revenue: number) =>
  `order-${visitor}-${day},2026-03-${String(day).padStart(2, "0")}T18:00:00Z,${visitor},purchase,${revenue},EUR`;
const link = (visitor: string, person: string, day = 1) =>
  `${visitor},${person},2026-03-${String(day).padStart(2, "0")}T00:00:00Z`;

const attribute = async (workspace: string, model: string, ...argv: string[]): Promise<Answer> =>
  Answer.parse(await world.json("attribute", "--workspace", workspace, "--model", model, ...argv));

/** Revenue by channel, what is nobody's under "". */
function revenues({ channels, baseline }: Answer): Record<string, number> {
  const credited = channels.filter(({ conversions }) => conversions !== 0);
  return Object.fromEntries([
    ...credited.map(({ channel, revenue }) => [channel, Number(revenue)] as const),
    ...(baseline.conversions === 0 ? [] : [["", Number(baseline.revenue)] as const]),
  ]);
}

async function askEngine(workspace: string, sql: string): Promise<Record<string, string>[]> {
  const { warehouse } = await world.house.workspace(workspace);
  return (await warehouse.engine.rows("test", sql, { w: workspace })) as Record<string, string>[];
}

const identities = async (workspace: string) =>
  (await world.json("identities", "--workspace", workspace)) as Record<string, number>;

describe("a person with several devices", () => {
  test("has one journey over all of them, also where the link comes after the attribution", async () => {
    await load("devices", "touchpoints", [touch(1, "phone", "Search"), touch(3, "laptop", "Email")]);
    await load("devices", "conversions", [sale(4, "laptop", 90)]);
    const before = await attribute("devices", "first");
    expect(revenues(before)).toEqual({ Email: 90 });
    await load("devices", "identities", [link("phone", "ann", 9), link("laptop", "ann", 9)]);
    const after = await attribute("devices", "first");
    expect(after.run).not.toBe(before.run);
    expect(revenues(after)).toEqual({ Search: 90 });
    expect(revenues(await attribute("devices", "linear"))).toEqual({ Search: 45, Email: 45 });
    expect((await attribute("devices", "first")).run).toBe(after.run);
  });

  test("that converts under the customer number of the shop is credited for the visits of the browser", async () => {
    await load("crm", "touchpoints", [touch(1, "browser", "Search"), touch(2, "stranger", "Video")]);
    await load("crm", "conversions", [sale(4, "customer-7", 50)]);
    expect(revenues(await attribute("crm", "last"))).toEqual({ "": 50 });
    await load("crm", "identities", [link("browser", "customer-7")]);
    expect(revenues(await attribute("crm", "last"))).toEqual({ Search: 50 });
  });

  test("that is called by the shop under a customer number has the call in its journey", async () => {
    await load("calls", "touchpoints", [
      touch(1, "browser", "Search"),
      "call-1,2026-03-02T09:00:00Z,customer-7,Call centre,spring,call",
    ]);
    await load("calls", "conversions", [sale(4, "browser", 50)]);
    await load("calls", "identities", [link("browser", "customer-7")]);
    expect(revenues(await attribute("calls", "linear"))).toEqual({ Search: 25, "Call centre": 25 });
  });

  test("has a long way to its own journey where links hang together in a chain", async () => {
    await load("chain", "touchpoints", [touch(1, "a", "Search"), touch(2, "e", "Email")]);
    await load("chain", "conversions", [sale(4, "e", 10)]);
    await load("chain", "identities", [link("a", "b"), link("c", "b"), link("c", "d"), link("e", "d")]);
    expect(revenues(await attribute("chain", "first"))).toEqual({ Search: 10 });
    expect(await identities("chain")).toMatchObject({ persons: 1, visitors: 3, refusedLinks: 0, sharedVisitors: 0 });
  });
});

describe("what links too much", () => {
  test("a person takes no more visitors than the cap, the earliest links first; another cap is another history", async () => {
    await load("cap", "touchpoints", [touch(1, "v1", "Search"), touch(2, "v2", "Social"), touch(3, "v3", "Email")]);
    await load("cap", "conversions", [sale(4, "ann", 90)]);
    await load("cap", "identities", [link("v3", "ann", 3), link("v2", "ann", 2), link("v1", "ann", 1)]);
    expect(revenues(await attribute("cap", "linear"))).toEqual({ Search: 30, Social: 30, Email: 30 });
    const workspace = await world.house.workspace("cap");
    await workspace.changeSetting("identity", { personsPerVisitor: 2, visitorsPerPerson: 2 });
    expect(revenues(await attribute("cap", "linear"))).toEqual({ Search: 45, Social: 45 });
    expect(await identities("cap")).toMatchObject({ visitors: 2, persons: 1, refusedLinks: 1, links: 3 });
  });

  test("a kiosk joins nobody, and keeps its own journey", async () => {
    const people = ["ann", "bob", "eve"];
    await load("kiosk", "touchpoints", [
      touch(1, "kiosk", "Display"),
      ...people.map((name, i) => touch(2, `phone-${name}`, ["Search", "Social", "Email"][i]!)),
    ]);
    await load("kiosk", "conversions", [sale(5, "ann", 10), sale(6, "kiosk", 7)]);
    await load("kiosk", "identities", [
      ...people.map((name) => link("kiosk", name)),
      ...people.map((name) => link(`phone-${name}`, name)),
    ]);
    expect(revenues(await attribute("kiosk", "linear"))).toEqual({ Search: 10, Display: 7 });
    expect(await identities("kiosk")).toMatchObject({ sharedVisitors: 1, persons: 3, visitors: 3, refusedLinks: 0 });
  });

  test("who has no identifier is nobody: its touches and conversions never meet", async () => {
    await load("nobody", "touchpoints", ["e1,2026-03-01T12:00:00Z,,Search,c,click", touch(2, "v", "Email")]);
    await load("nobody", "conversions", ["k1,2026-03-03T12:00:00Z,,purchase,20,EUR", sale(4, "v", 5)]);
    await load("nobody", "identities", [link("v", "ann")]);
    expect(revenues(await attribute("nobody", "first"))).toEqual({ Email: 5, "": 20 });
  });

  test("workspaces that know the same ids stay apart, and share no hash", async () => {
    for (const name of ["north", "south"]) {
      await load(name, "touchpoints", [touch(1, "phone", "Search"), touch(3, "laptop", "Email")]);
      await load(name, "conversions", [sale(4, "laptop", 90)]);
    }
    await load("north", "identities", [link("phone", "ann"), link("laptop", "ann")]);
    expect(revenues(await attribute("north", "first"))).toEqual({ Search: 90 });
    expect(revenues(await attribute("south", "first"))).toEqual({ Email: 90 });
    await load("south", "identities", [link("phone", "ann")]);
    await identities("south");
    const hashes = (name: string) =>
      askEngine(
        name,
        `SELECT DISTINCT toString(visitor_id) AS id FROM touchpoints WHERE workspace_id = {w:String}
         UNION DISTINCT SELECT toString(arrayJoin([visitor_id, person_id])) FROM persons WHERE workspace_id = {w:String}`,
      );
    const [north, south] = [await hashes("north"), await hashes("south")];
    expect([north.length, south.length]).toEqual([3, 3]);
    expect(new Set([...north, ...south].map(({ id }) => id)).size).toBe(6);
  });
});

describe("money that is given back", () => {
  test("lowers the credit of the touches that the sale was credited to, on the day of the sale", async () => {
    await load("refund", "touchpoints", [touch(1, "v", "Search"), touch(2, "v", "Email"), touch(2, "w", "Video")]);
    await load("refund", "conversions", [sale(4, "v", 90), sale(5, "w", 30)]);
    const before = await attribute("refund", "linear");
    expect(revenues(before)).toEqual({ Search: 45, Email: 45, Video: 30 });
    await load("refund", "adjustments", [
      "r1,order-v-4,-50,2026-03-20T00:00:00Z",
      "r2,order-v-4,-10.01,2026-03-21T00:00:00Z",
      "r3,no-such-order,-7,2026-03-21T00:00:00Z",
    ]);
    const after = await attribute("refund", "linear");
    expect(after.run).not.toBe(before.run);
    expect(after.totals).toEqual({ conversions: 2, revenue: "59.99" });
    expect(revenues(after)).toEqual({ Search: 14.995, Email: 14.995, Video: 30 });
  });

  test.each(["first", "last", "linear", "time-decay", "position-based", "markov"])(
    "%s: one that gives back more than was paid still adds up, in total and on its day",
    async (model) => {
      const workspace = `over-${model}`;
      await load(workspace, "touchpoints", [
        ...[touch(1, "v", "Search"), touch(2, "v", "Email"), touch(2, "w", "Video"), touch(3, "w", "Search")],
        ...[touch(2, "x", "Email"), touch(3, "y", "Video")],
      ]);
      await load(workspace, "conversions", [sale(4, "v", 90), sale(5, "w", 30), sale(5, "x", 100.01)]);
      await load(workspace, "adjustments", ["r1,order-v-4,-95.5,2026-03-20T00:00:00Z"]);
      const answer = await attribute(workspace, model);
      expect(answer.totals).toEqual({ conversions: 3, revenue: "124.51" });
      const days = await askEngine(
        workspace,
        `SELECT toString(date) AS date, toString(sum(revenue)) AS revenue, toString(sum(conversions)) AS conversions
         FROM attribution_credit WHERE workspace_id = {w:String} GROUP BY date ORDER BY date`,
      );
      expect(days).toEqual([
        { date: "2026-03-04", revenue: "-5.5", conversions: "1" },
        { date: "2026-03-05", revenue: "130.01", conversions: "2" },
      ]);
    },
  );
});

test("`touchline identities` says who is linked, and how to begin", async () => {
  const nobody = await world.run("identities", "--workspace", "unlinked");
  expect(nobody).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("touchline import identities FILE") });
  await load("said", "identities", [link("v1", "ann", 2), link("v2", "ann", 5)]);
  const { stdout } = await world.run("identities", "--workspace", "said");
  expect(stdout).toMatch(/^Links +2 {2}the first of 2026-03-02\nPersons +1\nVisitors linked +2\n/);
});

/** Ids that meet often: some stand on both sides, some devices are passed around, some persons have too many. */
function randomHistory(seed: number) {
  const HOUR_MS = 3_600_000;
  const start = Date.parse("2026-01-01T00:00:00Z");
  const hour = fc.integer({ min: 0, max: 24 * 40 });
  const visitor = fc.integer({ min: 0, max: 30 }).map((n) => `v${n}`);
  const anyId = fc.oneof(
    { weight: 4, arbitrary: visitor },
    fc.integer({ min: 0, max: 15 }).map((n) => `p${n}`),
  );
  const sample = <T>(one: fc.Arbitrary<T>, count: number, stream: number): T[] =>
    fc.sample(fc.array(one, { minLength: count, maxLength: count }), { numRuns: 1, seed: seed + stream })[0]!;
  const touches: TouchEvent[] = sample(
    fc.record({ hour, visitor: anyId, channel: fc.constantFrom("Search", "Social", "Display", "Email") }),
    250,
    1,
  ).map(({ hour: h, ...rest }, i) => ({ id: `e${i}`, at: start + h * HOUR_MS, ...rest }));
  const conversions: ConversionEvent[] = sample(
    fc.record({ hour, visitor: anyId, cents: fc.integer({ min: 1, max: 9_999 }) }),
    50,
    2,
  ).map(({ hour: h, visitor: who, cents }, i) => ({
    id: `k${i}`,
    at: start + h * HOUR_MS,
    visitor: who,
    revenue: cents / 100,
  }));
  const links: LinkEvent[] = sample(
    fc.record({
      visitor,
      person: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 0, max: 15 }).map((n) => `p${n}`) }, visitor),
    }),
    30,
    3,
  )
    .filter(({ visitor: one, person }) => one !== person)
    .map((each, i) => ({ ...each, at: start + i * 1000 }));
  return { touches, conversions, links };
}

describe.each([1, 2, 3, 4])("a random history of links (seed %i)", (seed) => {
  test("journeys are those of an independent account of persons", async () => {
    const { touches, conversions, links } = randomHistory(seed * 100);
    const workspace = `history-${seed}`;
    const caps = { personsPerVisitor: 2, visitorsPerPerson: 4 };
    await (await world.house.workspace(workspace)).changeSetting("identity", caps);
    const iso = (at: number) => new Date(at).toISOString();
    await load(
      workspace,
      "touchpoints",
      touches.map((e) => `${e.id},${iso(e.at)},${e.visitor},${e.channel},c,click`),
    );
    await load(
      workspace,
      "conversions",
      conversions.map((e) => `${e.id},${iso(e.at)},${e.visitor},purchase,${e.revenue},EUR`),
    );
    await load(
      workspace,
      "identities",
      links.map((e) => `${e.visitor},${e.person},${iso(e.at)}`),
    );
    await attribute(workspace, "last", "--lookback-days", "10");

    const personOf = referencePersons(links, caps);
    const under = <E extends { visitor: string }>(events: readonly E[]) =>
      events.map((event) => ({ ...event, visitor: personOf(event.visitor) }));
    const expected = referenceJourneys(under(touches), under(conversions), 10).map((journey) => ({
      ended_at: iso(journey.endedAt),
      path: journey.touches.map(({ channel }) => channel).join(" > "),
      conversions: String(journey.conversions.length),
      revenue: Math.round(journey.conversions.reduce((sum, { revenue }) => sum + revenue, 0) * 100),
    }));
    const built = await askEngine(
      workspace,
      `SELECT ended_at, arrayStringConcat(channels, ' > ') AS path, toString(conversions) AS conversions, toInt64(revenue * 100) AS revenue
       FROM journeys WHERE workspace_id = {w:String} AND startsWith(journey_set, '10d')`,
    );
    const order = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
    expect(order(built.map((row) => ({ ...row, revenue: Number(row.revenue) })))).toEqual(order(expected));
    const joined = new Set(
      [...touches, ...conversions].map(({ visitor }) => visitor).filter((id) => personOf(id) !== id),
    );
    expect(joined.size).toBeGreaterThan(5);
  });
});
