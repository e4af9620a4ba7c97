import type { MovementAnswer } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPeopleWorld, type PeopleWorld, type Person } from "../support/people-world.ts";

/**
 * Two ranges of ten days: Search spends half as much and otherwise returns as before, Social's clicks cost twice as much, Video begins,
 * Display ends, Email sells dearer baskets without any spend.
 */
let people: PeopleWorld;
let buyer: Person;
const BEFORE = { from: "2026-03-01", to: "2026-03-10" };
const NOW = { from: "2026-03-11", to: "2026-03-20" };

interface Channel {
  readonly name: string;
  /** A day: clicks, orders, revenue of one order, and spend. */
  readonly days: readonly (readonly [clicks: number, orders: number, basket: number, spend: number])[];
}

const CHANNELS: readonly Channel[] = [
  {
    name: "Search",
    days: [
      [40, 8, 50, 80],
      [20, 4, 50, 40],
    ],
  },
  {
    name: "Social",
    days: [
      [40, 4, 50, 40],
      [20, 2, 50, 40],
    ],
  },
  {
    name: "Video",
    days: [
      [0, 0, 0, 0],
      [10, 3, 40, 20],
    ],
  },
  {
    name: "Display",
    days: [
      [10, 2, 30, 15],
      [0, 0, 0, 0],
    ],
  },
  {
    name: "Email",
    days: [
      [10, 3, 40, 0],
      [10, 3, 60, 0],
    ],
  },
];

beforeAll(async () => {
  people = await openPeopleWorld();
  const { world } = people;
  const touches = ["event_id,occurred_at,visitor_id,channel,campaign,interaction"];
  const orders = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency"];
  const spend = ["date,channel,campaign,cost,currency,clicks,platform_conversions,platform_value"];
  for (let day = 0; day < 20; day++) {
    const date = `2026-03-${String(day + 1).padStart(2, "0")}`;
    for (const { name, days } of CHANNELS) {
      const [clicks, sold, basket, cost] = days[day < 10 ? 0 : 1]!;
      for (let n = 0; n < clicks; n++) {
        const visitor = `${name}-${day}-${n}`;
        touches.push(`t-${visitor},${date}T08:00:00Z,${visitor},${name},${name} ${n % 2},click`);
        if (n < sold) orders.push(`o-${visitor},${date}T09:00:00Z,${visitor},purchase,${basket},EUR`);
      }
      if (cost > 0) spend.push(`${date},${name},${name} 0,${cost},EUR,${clicks},${sold * 2},${sold * basket * 2}`);
    }
    orders.push(`o-nobody-${day},${date}T12:00:00Z,nobody-${day},purchase,${day < 10 ? 10 : 25},EUR`);
  }
  for (const [kind, rows] of Object.entries({ touchpoints: touches, conversions: orders, spend }))
    await world.json("import", kind, world.file(`${kind}.csv`, `${rows.join("\n")}\n`), "--workspace", "shop");
  const context = ["date,name,value", ...Array.from({ length: 5 }, (_, i) => `2026-03-1${i + 2},promotion,1`)];
  await world.json("import", "context", world.file("context.csv", `${context.join("\n")}\n`), "--workspace", "shop");
  buyer = await people.person("Ada", { shop: "viewer" });
});
afterAll(() => people.close());

const explain = (input: object = {}) =>
  buyer.caller.ask<MovementAnswer>("performance.movement", { range: NOW, compare: BEFORE, model: "last", ...input });

const cents = (amount: string) => Math.round(Number(amount) * 100);
const sumCents = (amounts: readonly { readonly amount?: string; readonly change?: string }[]) =>
  amounts.reduce((sum, each) => sum + cents(each.amount ?? each.change ?? "0"), 0);
const partsOf = ({ parts }: MovementAnswer) =>
  Object.fromEntries(parts.map(({ part, amount }) => [part, Number(amount)]));

function expectAddsUp(answer: MovementAnswer): void {
  const change = cents(answer.change);
  expect(cents(answer.now.revenue) - cents(answer.before.revenue)).toBe(change);
  expect(sumCents(answer.parts)).toBe(change);
  expect(sumCents([...answer.pieces, ...(answer.otherPieces === null ? [] : [answer.otherPieces])])).toBe(change);
}

describe("why a channel moved", () => {
  test("half the money bought half of everything: volume alone", async () => {
    const answer = await explain({ channel: "Search" });
    expectAddsUp(answer);
    expect(partsOf(answer)).toEqual({ volume: -2000 });
    expect([answer.before.spend, answer.now.spend].map(Number)).toEqual([800, 400]);
  });

  test("the same money bought half the clicks: their price alone", async () => {
    const answer = await explain({ channel: "Social" });
    expectAddsUp(answer);
    expect(partsOf(answer)).toEqual({ price: -1000 });
    expect(answer.reachUnit).toBe("delivered");
  });

  test("nobody pays for it and orders are dearer: the basket alone", async () => {
    const answer = await explain({ channel: "Email" });
    expectAddsUp(answer);
    expect(partsOf(answer)).toEqual({ basket: 600 });
    expect(answer.reachUnit).toBe("touches");
    expect(answer.now.spend).toBeNull();
  });

  test("what is new started, what is gone stopped, and their campaigns are named", async () => {
    const [video, display] = [await explain({ channel: "Video" }), await explain({ channel: "Display" })];
    expect(partsOf(video)).toEqual({ started: 1200 });
    expect(video.facts.started.map(({ campaign }) => campaign)).toEqual(["Video 0"]);
    expect(partsOf(display)).toEqual({ stopped: -600 });
    expect(display.facts.stopped.map(({ campaign }) => campaign)).toEqual(["Display 0"]);
    expectAddsUp(video);
    expectAddsUp(display);
  });

  test("a campaign adds up as its channel does", async () => {
    const answer = await explain({ channel: "Search", campaign: "Search 0" });
    expectAddsUp(answer);
  });
});

describe("why everything moved", () => {
  test("the parts of the channels, where the money went and the baseline add up to the change of the books", async () => {
    const answer = await explain();
    expectAddsUp(answer);
    expect(answer.change).toBe(String(Number(answer.facts.booked.now) - Number(answer.facts.booked.before)));
    const parts = partsOf(answer);
    expect(parts.started).toBe(1200);
    expect(parts.stopped).toBe(-600);
    expect(parts.baseline).toBe(150);
    expect(parts.basket).toBe(600);
    expect(parts.price).toBeCloseTo(-1000, 1);
    expect(parts.volume! + parts.mix!).toBeCloseTo(-2000, 1);
    expect(answer.pieces.map(({ name }) => name)).toContain("");
    expect(answer.facts.context).toEqual([{ name: "promotion", before: null, now: 1 }]);
  });

  test("the way back is the way there with its signs turned", async () => {
    const there = partsOf(await explain({ channel: "Search" }));
    const back = partsOf(await explain({ channel: "Search", range: BEFORE, compare: NOW }));
    expect(back.volume).toBe(-there.volume!);
  });

  test("days that the data does not reach back to are refused in one sentence", async () => {
    await expect(explain({ compare: { from: "2020-01-01", to: "2020-01-10" } })).rejects.toThrow(/does not reach back/);
  });
});

describe("what platforms claim", () => {
  test("stands beside the last click, the model and the books, and adds up", async () => {
    const claims = await buyer.caller.ask<{
      rows: { channel: string; claimed: { conversions: string }; lastClick: { conversions: string } }[];
      claimed: { conversions: string };
      booked: { conversions: string };
    }>("performance.claims", { range: NOW, model: "linear" });
    expect(claims.rows.map(({ channel }) => channel)).toEqual(["Search", "Video", "Social"]);
    for (const row of claims.rows) expect(Number(row.claimed.conversions)).toBe(2 * Number(row.lastClick.conversions));
    expect(Number(claims.claimed.conversions)).toBe(2 * (40 + 30 + 20));
    expect(Number(claims.booked.conversions)).toBe(40 + 20 + 30 + 30 + 10);
  });
});
