import {
  creditIncremental,
  hashIdentifier,
  incrementalConversions,
  incrementalPeople,
  incrementalTouchDays,
  incrementalTouchHours,
  incrementalUntouchedDays,
  withCreditTable,
} from "@touchline/sql";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KnownEvents, type ReferenceFit, referenceIncremental } from "../support/reference-incremental.ts";
import { openWorld, type World } from "../support/world.ts";

const HOUR = 3_600;
const DAY = 24 * HOUR;
const CHANNELS = ["Display", "Email", "Search", "Social", "Video"];
/** Summer time begins inside it, and events lie on both sides of its ends. */
const SCOPE = {
  from: "2026-03-20",
  to: "2026-04-09",
  timeZone: "Europe/Paris",
  channels: CHANNELS,
  conversionTypes: [],
  reaching: [0, 2, 4],
  sizeEdges: [1, 2, 4, 8, 100],
  earlierEdges: [0, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY],
  laterEdges: [0, DAY, 4 * DAY],
};

interface Event {
  readonly id: string;
  readonly at: number;
  readonly visitor: string;
}
interface Market {
  readonly touches: readonly (Event & { channel: number; campaign: string; device: string })[];
  readonly sales: readonly (Event & { type: string; revenue: number; margin: number })[];
  /** Visitors by the person that they are. */
  readonly persons: ReadonlyMap<string, string>;
}

const START = Date.parse("2026-03-17T00:00:00Z");
const PERSONS = new Map([0, 1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`v${n}`, `customer${Math.floor(n / 3)}`]));

/** Moments that coincide, some a millisecond apart; several ids of a person; events of nobody. */
function randomMarket(seed: number): Market {
  const who = {
    at: fc
      .tuple(fc.integer({ min: 0, max: 24 * 27 }), fc.constantFrom(0, 0, 0, 1, -1))
      .map(([hour, more]) => START + hour * HOUR * 1000 + more),
    visitor: fc.oneof(
      fc.integer({ min: 0, max: 24 }).map((n) => `v${n}`),
      fc.constantFrom("customer0", "customer1", ""),
    ),
  };
  const touch = fc.record({
    ...who,
    channel: fc.integer({ min: 0, max: 4 }),
    campaign: fc.constantFrom("spring", "sale", ""),
    device: fc.constantFrom("phone", "desktop"),
  });
  const sale = fc.record({
    ...who,
    type: fc.constantFrom("purchase", "lead"),
    revenue: fc.integer({ min: 0, max: 30_000 }).map((cents) => cents / 100),
  });
  const sizes = (length: number) => ({ minLength: length, maxLength: length });
  const [drawn] = fc.sample(fc.tuple(fc.array(touch, sizes(300)), fc.array(sale, sizes(120))), { numRuns: 1, seed });
  const [touches, sales] = drawn!;
  return {
    touches: touches.map((each, i) => ({ id: `e${i}`, ...each })),
    sales: sales.map((each, i) => ({ id: `k${i}`, ...each, margin: Math.round(each.revenue * 25) / 100 })),
    persons: PERSONS,
  };
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const iso = (at: number) => new Date(at).toISOString();
const touchLines = ({ touches }: Market) => [
  "event_id,occurred_at,visitor_id,channel,campaign,interaction,device",
  ...touches.map(
    (each) =>
      `${each.id},${iso(each.at)},${each.visitor},${CHANNELS[each.channel]},${each.campaign},click,${each.device}`,
  ),
];
const saleLines = ({ sales }: Market) => [
  "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,margin",
  ...sales.map((each) => `${each.id},${iso(each.at)},${each.visitor},${each.type},${each.revenue},EUR,${each.margin}`),
];
const linkLines = ({ persons }: Market) => [
  "visitor_id,person_id,linked_at",
  ...[...persons].map(([visitor, person], i) => `${visitor},${person},${iso(START + i * 1000)}`),
];

/** Imports a market, its events in their order or the other way round, and works out who is who. */
async function load(workspace: string, market: Market, isReversed = false): Promise<KnownEvents> {
  const kinds = { touchpoints: touchLines(market), conversions: saleLines(market), identities: linkLines(market) };
  await world.run("settings", "--time-zone", SCOPE.timeZone, "--workspace", workspace);
  for (const [kind, [head, ...lines]] of isReversed ? Object.entries(kinds).reverse() : Object.entries(kinds)) {
    const file = world.file(`${kind}.csv`, [head, ...(isReversed ? lines.reverse() : lines)].join("\n"));
    await world.json("import", kind, file, "--workspace", workspace);
  }
  await world.json("identities", "--workspace", workspace);
  return knownEvents(workspace, market);
}

/** The market's events under the hashes that the workspace knows its persons by. */
async function knownEvents(workspace: string, { touches, sales, persons }: Market): Promise<KnownEvents> {
  const { warehouse } = await world.house.workspace(workspace);
  const hashes = new Map<string, string>();
  for (const { visitor } of [...touches, ...sales]) {
    const id = persons.get(visitor) ?? visitor;
    if (!hashes.has(id)) hashes.set(id, await hashIdentifier(warehouse, id));
  }
  const rows = (await warehouse.engine.rows(
    "test",
    "SELECT person, cityHash64(toUInt64(person)) % 64 AS bucket FROM (SELECT arrayJoin({hashes:Array(String)}) AS person)",
    { hashes: [...hashes.values()] },
  )) as { person: string; bucket: string }[];
  const buckets = new Map(rows.map(({ person, bucket }) => [person, Number(bucket)]));
  const personOf = (visitor: string) => (visitor === "" ? null : hashes.get(persons.get(visitor) ?? visitor)!);
  return {
    touches: touches.map((touch) => ({ ...touch, person: personOf(touch.visitor) })),
    sales: sales.map((sale) => ({ ...sale, person: personOf(sale.visitor) })),
    bucketOf: (person) => buckets.get(person)!,
  };
}

const ALL_QUESTIONS = async (workspace: string, scope: typeof SCOPE) => {
  const { warehouse } = await world.house.workspace(workspace);
  return {
    touchDays: await warehouse.ask(incrementalTouchDays, scope),
    touchHours: await warehouse.ask(incrementalTouchHours, scope),
    people: await warehouse.ask(incrementalPeople, scope),
    conversions: await warehouse.ask(incrementalConversions, { ...scope, soldFrom: scope.from, soldTo: scope.to }),
    untouchedDays: await warehouse.ask(incrementalUntouchedDays, scope),
  };
};

function expectedAnswers(events: KnownEvents, scope: typeof SCOPE) {
  const reference = referenceIncremental(events, scope);
  return {
    touchDays: reference.touchDays(),
    touchHours: reference.touchHours(),
    people: reference.people(),
    conversions: reference.conversions(),
    untouchedDays: reference.untouchedDays(),
  };
}

/** Of Email alone, which has no rates: what its latest touches take, whatever else there was. */
const ODDS = CHANNELS.flatMap((_, channel) => [0.3, 0.2, 0, 0, 0].map((odds) => (channel === 1 ? odds : 0)));

/** Rates that differ everywhere; Email and Social are owned and get none. */
const FIT = {
  rates: CHANNELS.flatMap((_, channel) =>
    [5, 4, 3, 2, 1].map((rate) => (channel === 1 || channel === 3 ? 0 : (rate + channel / 10) / 100)),
  ),
  odds: [] as number[],
  stratumRates: [0.01, 0.02, 0.03, 0.05, 0.08],
  selectionRates: [0.001, 0, 0.002, 0, -0.003],
  markWeights: CHANNELS.flatMap((_, channel) => [0, 1, 0.5, 0.25, 0.125].map((weight) => weight * (channel % 2))),
  markEdges: [0.2, 0.9, 2.1],
  intentRates: [0, 0.02, 0.05, 0.11],
};

type CreditRow = Record<
  "date" | "channel" | "campaign" | "attribute_value" | "conversions" | "revenue" | "margin",
  string
>;

async function credit(workspace: string, scope: typeof SCOPE, fit: ReferenceFit): Promise<Map<string, CreditRow>> {
  const { warehouse } = await world.house.workspace(workspace);
  const { attribute, ...numbers } = fit;
  const rows = await withCreditTable(warehouse, async (table) => {
    await creditIncremental(warehouse, table, { ...scope, ...numbers, runId: "run" }, attribute);
    return (await warehouse.engine.rows(
      "test",
      `SELECT date, channel, campaign, attribute_value, conversions, revenue, margin FROM ${table}
       WHERE workspace_id = {w:String} AND run_id = 'run' AND creative = ''`,
      { w: workspace },
    )) as CreditRow[];
  });
  const named = rows.map((row) => [[row.date, row.channel, row.campaign, row.attribute_value].join("|"), row] as const);
  expect(new Set(named.map(([name]) => name)).size).toBe(rows.length);
  return new Map(named);
}

describe("what the incremental model is fitted on", () => {
  test.each([1, 2, 3, 4])("agrees with a second method on market %i", async (seed) => {
    const market = randomMarket(seed);
    const events = await load(`market${seed}`, market);
    await load(`neighbour${seed}`, randomMarket(seed + 100));
    const expected = expectedAnswers(events, SCOPE);
    expect(await ALL_QUESTIONS(`market${seed}`, SCOPE)).toEqual(expected);
    for (const rows of Object.values(expected)) expect(rows.length).toBeGreaterThan(1);
    const hasSome = (part: "earlier" | "later") => expected.conversions.some((row) => row[part].length > 3);
    expect([hasSome("earlier"), hasSome("later")]).toEqual([true, true]);
    const { warehouse } = await world.house.workspace(`market${seed}`);
    const sold = (soldFrom: string, soldTo: string) =>
      warehouse.ask(incrementalConversions, { ...SCOPE, soldFrom, soldTo });
    const halves = [await sold(SCOPE.from, "2026-03-29"), await sold("2026-03-30", SCOPE.to)];
    expect(halves.every((half) => half.length > 0)).toBe(true);
    expect(halves.flat()).toEqual(expected.conversions);

    const leads = { ...SCOPE, conversionTypes: ["lead"] as never[], channels: CHANNELS.slice(0, 4), reaching: [0, 2] };
    const fewer = { ...events, touches: events.touches.filter(({ channel }) => channel < 4) };
    expect(await ALL_QUESTIONS(`market${seed}`, leads)).toEqual(expectedAnswers(fewer, leads));
  });

  test("is the same to the digit whatever the order in which the data came", async () => {
    const market = randomMarket(9);
    const events = await load("forwards", market);
    const before = await ALL_QUESTIONS("forwards", SCOPE);
    expect(before).toEqual(await ALL_QUESTIONS("forwards", SCOPE));
    const backwards = await load("backwards", market, true);
    expect(await ALL_QUESTIONS("backwards", SCOPE)).toEqual(expectedAnswers(backwards, SCOPE));
    // Hashes differ between workspaces, and with them parts of the people; what depends on neither is the same.
    const { touchHours, untouchedDays } = await ALL_QUESTIONS("backwards", SCOPE);
    expect({ touchHours, untouchedDays }).toEqual({
      touchHours: before.touchHours,
      untouchedDays: before.untouchedDays,
    });
    expect(before).toEqual(expectedAnswers(events, SCOPE));
  });

  test("counts of somebody with thousands of touches the nearest 2,000 on each side, and all of the history", async () => {
    const market = manyTouches();
    const events = await load("bot", market);
    const expected = expectedAnswers(events, SCOPE);
    const answers = await ALL_QUESTIONS("bot", SCOPE);
    expect(answers).toEqual(expected);
    const counted = (triples: readonly number[]) => triples.filter((_, i) => i % 3 === 2).reduce((a, b) => a + b, 0);
    expect(Math.max(...answers.conversions.map(({ earlier }) => counted(earlier)))).toBe(2_000);
    expect(Math.max(...answers.conversions.map(({ later }) => counted(later)))).toBe(2_000);
    await expectSameCredit("bot", events, { dateBasis: "touch", attribute: "device" });
  });
});

/** A bot with moments at which it had more touches than a page holds, and one visitor with a single touch. */
function manyTouches(): Market {
  const first = Date.parse("2026-03-22T00:00:00Z");
  const touchAt = (at: number, i: number, visitor: string) => ({
    ...{ id: `e${i}`, at, visitor, channel: (i * 7) % 5 },
    ...{ campaign: `campaign ${(i * 7) % 5}`, device: "phone" }, // Alike: which of those at one moment count is for hashes to say.
  });
  const spread = Array.from({ length: 5_200 }, (_, i) => touchAt(first + Math.floor(i / 13) * 60_000, i, "bot"));
  const burst = Array.from({ length: 4_500 }, (_, i) => touchAt(first + DAY * 1000, 6_000 + i, "bot"));
  const saleAt = (at: number, i: number, visitor: string) => ({
    ...{ id: `k${i}`, at, visitor, type: "purchase" },
    ...{ revenue: 10 + i, margin: i },
  });
  const moments = [-HOUR, 0, HOUR, 3 * HOUR, 6 * HOUR, DAY - 1, DAY, DAY + 1, 2 * DAY];
  const sales = moments.map((seconds, i) => saleAt(first + seconds * 1000, i, "bot"));
  return {
    touches: [...spread, ...burst, touchAt(first, 20_000, "v20")],
    sales: [...sales, saleAt(first + HOUR * 1000, 99, "v20")],
    persons: PERSONS,
  };
}

async function expectSameCredit(
  workspace: string,
  events: KnownEvents,
  { dateBasis, attribute, odds = [] }: Pick<ReferenceFit, "dateBasis" | "attribute"> & { odds?: number[] },
): Promise<void> {
  const fit = { ...FIT, odds, dateBasis, attribute, creditFrom: "2026-03-22", creditTo: "2026-04-09" };
  const expected = referenceIncremental(events, SCOPE).credit(fit);
  const rows = await credit(workspace, SCOPE, fit);
  expect([...rows.keys()].sort()).toEqual([...expected.cells.keys()].sort());
  expect(rows.size).toBeGreaterThan(3);
  for (const [name, cell] of expected.cells) {
    const row = rows.get(name)!;
    for (const amount of ["conversions", "revenue", "margin"] as const)
      expect(Number(row[amount]), `${name} ${amount}`).toBeCloseTo(cell[amount], 7);
  }
}

describe("incremental credit", () => {
  const BASES = [
    { dateBasis: "conversion", attribute: "" },
    { dateBasis: "touch", attribute: "device" },
    { dateBasis: "conversion", attribute: "conversion_type" },
  ] as const;

  test.each(BASES)("agrees with a second method: %o", async (basis) => {
    const workspace = `credit-${basis.dateBasis}-${basis.attribute}`.replace("_", "-");
    const events = await load(workspace, randomMarket(21));
    await expectSameCredit(workspace, events, basis);
  });

  test("gives a channel that only tests tell its part of every conversion, whatever else that follows", async () => {
    const events = await load("credit-odds", randomMarket(21));
    await expectSameCredit("credit-odds", events, { dateBasis: "conversion", attribute: "", odds: ODDS });
    await expectSameCredit("credit-odds", events, { dateBasis: "touch", attribute: "device", odds: ODDS });
  });

  test("gives all of a conversion where there is no baseline, and never more than was booked", async () => {
    const market = largeSales();
    const events = await load("no-baseline", market);
    const fit = {
      ...{ rates: FIT.rates, odds: [], stratumRates: [0, 0, 0, 0, 0], selectionRates: [0, 0, 0, 0, 0] },
      ...{ markWeights: FIT.markWeights, markEdges: [], intentRates: [0] },
      ...({ dateBasis: "conversion", attribute: "", creditFrom: SCOPE.from, creditTo: SCOPE.to } as const),
    };
    expect(referenceIncremental(events, SCOPE).credit(fit).credited).toBe(market.sales.length);
    const rows = [...(await credit("no-baseline", SCOPE, fit)).values()];
    for (const { at, revenue } of market.sales) {
      const ofSale = rows.filter(({ date }) => date === iso(at).slice(0, 10));
      const sum = (amount: "conversions" | "revenue") =>
        ofSale.reduce((total, row) => total + trillionths(row[amount]), 0n);
      expect(sum("revenue")).toBeLessThanOrEqual(trillionths(String(revenue)));
      expect(sum("conversions")).toBeLessThanOrEqual(trillionths("1"));
      expect(Number(sum("revenue")) / 1e12).toBeCloseTo(revenue, 3);
      expect(Number(sum("conversions")) / 1e12).toBeCloseTo(1, 9);
    }
  });
});

const trillionths = (decimal: string) => {
  const [whole, part = ""] = decimal.split(".");
  return BigInt(whole! + part.padEnd(12, "0"));
};

/** One sale a day, so large that its parts are rounded at a place that is kept, after ever more touches. */
function largeSales(): Market {
  const noon = Date.parse("2026-03-20T12:00:00Z");
  const days = Array.from({ length: 15 }, (_, day) => day);
  return {
    touches: days.flatMap((day) =>
      Array.from({ length: day + 2 }, (_, i) => ({
        ...{ id: `e${day}-${i}`, at: noon + (day * DAY - i * 1_000) * 1000, visitor: `buyer${day}` },
        ...{ channel: (i % 3) * 2, campaign: "", device: "" },
      })),
    ),
    sales: days.map((day) => ({
      ...{ id: `k${day}`, at: noon + day * DAY * 1000, visitor: `buyer${day}`, type: "purchase" },
      ...{ revenue: (98_765_432_198 + day * 123_456_789) / 100, margin: 0 },
    })),
    persons: PERSONS,
  };
}
