import type { JourneyFlow, JourneySelection } from "@touchline/server/contract";
import { appRouter } from "@touchline/server/router";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestOf } from "../support/members.ts";
import {
  nameByChannel,
  type ReferenceFigures,
  referenceFlow,
  referencePaths,
  referencePositions,
  referenceQuantile,
  referenceTotal,
  stepsOf,
} from "../support/reference-journey-answers.ts";
import {
  type ConversionEvent,
  type ReferenceJourney,
  referenceJourneys,
  type TouchEvent,
} from "../support/reference-journeys.ts";
import { openWorld, type World } from "../support/world.ts";

const START = Date.parse("2026-01-01T00:00:00Z");
const HOUR_MS = 3_600_000;
const CHANNELS = ["Search", "Social", "Display", "Email", "Video"];
const LOOKBACK = 10;
const RANGE = { from: "2025-12-01", to: "2026-03-31" };
const ALL = { range: RANGE, lookbackDays: LOOKBACK };

/** Ties, repeats, visitors that buy twice or at once, touches outside every window. */
function randomMarket(seed: number): { touches: TouchEvent[]; conversions: ConversionEvent[] } {
  const who = {
    hour: fc.integer({ min: 0, max: 24 * 50 }),
    visitor: fc.integer({ min: 0, max: 40 }).map((n) => `v${n}`),
  };
  const touch = fc.record({ ...who, channel: fc.constantFrom(...CHANNELS) });
  const conversion = fc.record({ ...who, cents: fc.integer({ min: 0, max: 30_000 }) });
  const [drawn] = fc.sample(
    fc.tuple(
      fc.array(touch, { minLength: 300, maxLength: 300 }),
      fc.array(conversion, { minLength: 70, maxLength: 70 }),
    ),
    { numRuns: 1, seed },
  );
  const [touches, conversions] = drawn!;
  const at = (hour: number) => START + hour * HOUR_MS;
  // Every tenth conversion happens twice, at the same moment.
  const doubled = conversions.flatMap((each, i) => (i % 10 === 0 ? [each, each] : [each]));
  return {
    touches: touches.map(({ hour, visitor, channel }, i) => ({ id: `e${i}`, at: at(hour), visitor, channel })),
    conversions: doubled.map(({ hour, visitor, cents }, i) => ({
      ...{ id: `k${i}`, at: at(hour), visitor },
      revenue: cents / 100,
    })),
  };
}

const campaignOf = (touch: TouchEvent) => (touch.id.endsWith("7") ? "" : `c${touch.id.length}`);
const nameByCampaign = (touch: TouchEvent) => `${touch.channel}/${campaignOf(touch)}`;

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

async function load(workspace: string, { touches, conversions }: ReturnType<typeof randomMarket>): Promise<void> {
  const iso = (at: number) => new Date(at).toISOString();
  const of = (kind: string, head: string, lines: string[]) =>
    world.json("import", kind, world.file(`${kind}.csv`, [head, ...lines].join("\n")), "--workspace", workspace);
  await of(
    "touchpoints",
    "event_id,occurred_at,visitor_id,channel,campaign,interaction",
    touches.map((each) => `${each.id},${iso(each.at)},${each.visitor},${each.channel},${campaignOf(each)},click`),
  );
  await of(
    "conversions",
    "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
    conversions.map((each) => `${each.id},${iso(each.at)},${each.visitor},purchase,${each.revenue},EUR`),
  );
}

const ask = async (workspace: string) =>
  appRouter.createCaller(await requestOf(world.house, workspace, "olga", "owner")).journeys;

const cents = (revenue: string) => Math.round(Number(revenue) * 100);

function plainFigures(row: {
  journeys: number;
  converted: number;
  conversions: number;
  revenue: string;
}): ReferenceFigures {
  const { journeys, converted, conversions, revenue } = row;
  return { journeys, converted, conversions, cents: cents(revenue) };
}

const part = ({ conversions, cents: money }: ReferenceFigures) => ({ conversions, cents: money });
const plainPart = (row: { conversions: number; revenue: string }) => ({
  conversions: row.conversions,
  cents: cents(row.revenue),
});

/** Every selection that the page can make, with the same choice made of the reference. */
const SELECTIONS: readonly {
  name: string;
  given: Partial<JourneySelection>;
  keeps: (journey: ReferenceJourney) => boolean;
}[] = [
  { name: "all journeys", given: {}, keeps: () => true },
  { name: "converted ones", given: { convertedOnly: true }, keeps: ({ conversions }) => conversions.length > 0 },
  { name: "three touches or more", given: { minTouches: 3 }, keeps: ({ touches }) => touches.length >= 3 },
  {
    name: "those with a touch of a channel",
    given: { channel: "Email" },
    keeps: ({ touches }) => touches.some(({ channel }) => channel === "Email"),
  },
];

/** Repeats as one step or not, and how many steps are told apart. */
const CUTS = [
  [true, 2],
  [true, 50],
  [false, 3],
] as const;

describe.each([11, 12])("journeys of random market %i", (seed) => {
  const workspace = `market-${seed}`;
  let journeys: ReferenceJourney[];
  beforeAll(async () => {
    const market = randomMarket(seed);
    await load(workspace, market);
    journeys = referenceJourneys(market.touches, market.conversions, LOOKBACK);
    expect(journeys.some(({ conversions }) => conversions.length > 1)).toBe(true);
  });

  test.each(SELECTIONS)("totals and lengths agree with the reference: $name", async ({ given, keeps }) => {
    const own = journeys.filter(keeps);
    const caller = await ask(workspace);
    const summary = await caller.summary({ ...ALL, ...given });
    expect(plainFigures(summary.total)).toEqual(referenceTotal(own));
    const won = own.filter(({ conversions }) => conversions.length > 0);
    const seconds = ({ endedAt, touches }: ReferenceJourney) => (endedAt - touches[0]!.at) / 1000;
    const size = ({ touches }: ReferenceJourney) => touches.length;
    for (const [level, name] of [
      [0.25, "q25"],
      [0.5, "median"],
      [0.75, "q75"],
      [0.9, "p90"],
    ] as const) {
      expect([name, summary.time[name]]).toEqual([name, referenceQuantile(won, seconds, level)]);
      expect([name, summary.touches[name]]).toEqual([name, referenceQuantile(won, size, level)]);
    }
    const within = (limit: number) => referenceTotal(won.filter((journey) => seconds(journey) < limit)).conversions;
    expect([summary.withinHour, summary.withinDay]).toEqual([within(3_600), within(86_400)]);
    const lengths = await caller.lengths({ ...ALL, ...given });
    for (const [buckets, of, measure] of [
      [lengths.time, won, seconds],
      [lengths.touches, own, size],
    ] as const) {
      let found = 0;
      for (const [index, { low, high, ...figures }] of buckets.entries()) {
        const isLast = index === buckets.length - 1;
        const inside = of.filter((journey) => measure(journey) >= low && (isLast || measure(journey) < high!));
        expect([low, plainFigures(figures)]).toEqual([low, referenceTotal(inside)]);
        found += inside.length;
      }
      expect(found).toBe(of.length);
    }
  });

  test.each(SELECTIONS)("paths agree with the reference, page by page: $name", async ({ name, given, keeps }) => {
    const caller = await ask(workspace);
    for (const by of ["channel", "campaign"] as const) {
      for (const [collapse, maxSteps] of CUTS.slice(0, name === "all journeys" ? CUTS.length : 1)) {
        const nameOf = by === "channel" ? nameByChannel : nameByCampaign;
        const own = journeys.filter(keeps).filter(({ conversions }) => by === "channel" || conversions.length > 0);
        const expected = referencePaths(own, nameOf, collapse, maxSteps);
        const input = { ...ALL, ...given, by, collapse, maxSteps, pageSize: 40 };
        const seen = new Map<string, ReferenceFigures>();
        for (let page = 0; page === 0 || seen.size < expected.size; page++) {
          const answer = await caller.paths({ ...input, page });
          expect(answer.rows.length).toBeGreaterThan(0);
          expect(answer.paths).toBe(expected.size);
          expect(plainFigures(answer.total)).toEqual(referenceTotal(own));
          for (const { path, isCut, ...row } of answer.rows) {
            const names = path.map(({ channel, campaign }) =>
              campaign === undefined ? channel : `${channel}/${campaign}`,
            );
            seen.set(`${isCut ? "… > " : ""}${names.join(" > ")}`, plainFigures(row));
          }
          const parts = [...answer.rows, ...(answer.others === null ? [] : [answer.others])].map(plainFigures);
          for (const name of ["journeys", "converted", "conversions", "cents"] as const)
            expect(parts.reduce((sum, row) => sum + row[name], 0)).toBe(referenceTotal(own)[name]);
        }
        expect(seen).toEqual(expected);
        const conversions = [...seen.values()].map((row) => row.conversions);
        expect(conversions).toEqual([...conversions].sort((a, b) => b - a));
      }
    }
  });

  test.each(SELECTIONS)("positions agree with the reference and add up: $name", async ({ given, keeps }) => {
    const caller = await ask(workspace);
    for (const by of ["channel", "campaign"] as const) {
      const own = journeys.filter(keeps).filter(({ conversions }) => by === "channel" || conversions.length > 0);
      const expected = referencePositions(own, by === "channel" ? nameByChannel : nameByCampaign);
      const { rows, steps, total } = await caller.positions({ ...ALL, ...given, by, limit: 100 });
      expect(steps).toBe(expected.size);
      expect(rows).toHaveLength(expected.size);
      for (const { step, opens, assists, closes, alone, ...row } of rows) {
        const name = step.campaign === undefined ? step.channel : `${step.channel}/${step.campaign}`;
        const { all, ...parts } = expected.get(name)!;
        expect([name, plainFigures(row)]).toEqual([name, all]);
        expect([name, plainPart(opens), plainPart(assists), plainPart(closes), plainPart(alone)]).toEqual([
          ...[name, part(parts.opens), part(parts.assists), part(parts.closes), part(parts.alone)],
        ]);
        expect(closes.conversions + assists.conversions).toBe(row.conversions);
      }
      const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0);
      expect(sum(({ opens }) => opens.conversions)).toBe(total.conversions);
      expect(sum(({ closes }) => closes.conversions)).toBe(total.conversions);
    }
  });

  test.each(SELECTIONS)("the flow agrees with the reference: $name", async ({ given, keeps }) => {
    const caller = await ask(workspace);
    for (const end of ["first", "last"] as const) {
      for (const most of [2, 9]) {
        const flow = await caller.flow({ ...ALL, ...given, end, steps: 3, most });
        const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
        const name = (id: string) => nodes.get(id)!.step?.channel ?? `[${nodes.get(id)!.kind}]`;
        const found = new Map(
          flow.links.map(({ from, to, journeys: n }) => [`${nodes.get(from)!.place} ${name(from)} -> ${name(to)}`, n]),
        );
        expect(found).toEqual(referenceFlow(journeys.filter(keeps), nameByChannel, { end, steps: 3, most }));
        expectBalance(flow);
      }
    }
  });

  test("short and long windows are cut into few buckets of one size", async () => {
    const caller = await ask(workspace);
    for (const lookbackDays of [1, 2, 3, 14, 30, 365]) {
      const { time } = await caller.lengths({ range: RANGE, lookbackDays });
      expect([lookbackDays, time.length <= 16, time.at(-1)!.high]).toEqual([lookbackDays, true, lookbackDays * 86_400]);
      const widths = time.slice(0, -1).map(({ low, high }) => high! - low);
      expect(new Set(widths).size).toBe(1);
      const { total } = await caller.summary({ range: RANGE, lookbackDays });
      expect(time.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(total.conversions);
    }
  });

  test("the longest path is shown whole where there is room for it", async () => {
    const most = Math.max(...journeys.map((journey) => stepsOf(journey, nameByChannel, false).length));
    const { rows } = await (await ask(workspace)).paths({ ...ALL, collapse: false, maxSteps: 50, pageSize: 1000 });
    expect(Math.max(...rows.map(({ path }) => path.length))).toBe(most);
  });
});

/** What comes into a step leaves it; what leaves the starts arrives at the ends. */
function expectBalance({ nodes, links, journeys, converted }: JourneyFlow): void {
  const sum = (end: "from" | "to", id: string) =>
    links.reduce((all, link) => all + (link[end] === id ? link.journeys : 0), 0);
  let starts = 0;
  let ends = 0;
  let won = 0;
  for (const { id, kind, journeys: size } of nodes) {
    const [into, out] = [sum("to", id), sum("from", id)];
    if (kind === "start" || kind === "earlier") starts += out;
    else if (kind === "step" || kind === "others") expect([id, into]).toEqual([id, out]);
    else {
      ends += into;
      if (kind.startsWith("converted")) won += into;
    }
    expect([id, size]).toEqual([id, Math.max(into, out)]);
  }
  expect(nodes.length).toBeGreaterThan(4);
  expect([starts, ends, won]).toEqual([journeys, journeys, converted]);
}

describe("journeys in words", () => {
  test("are told for a workspace without any", async () => {
    const caller = await ask("nothing");
    const summary = await caller.summary(ALL);
    expect(summary).toMatchObject({ total: { journeys: 0, conversions: 0 }, time: { median: null }, undecided: 0 });
    expect(await caller.paths(ALL)).toMatchObject({ rows: [], others: null, paths: 0 });
    expect(await caller.positions(ALL)).toMatchObject({ rows: [], steps: 0 });
    expect(await caller.flow(ALL)).toMatchObject({ nodes: [], links: [], journeys: 0 });
    expect((await caller.lengths(ALL)).touches.every(({ journeys: n }) => n === 0)).toBe(true);
  });

  test("journeys whose window is still open are called undecided", async () => {
    const day = (n: number) => START + n * 24 * HOUR_MS;
    const touch = (id: string, n: number) => ({ id, at: day(n), visitor: id, channel: "Search" });
    await load("open", {
      touches: [touch("old", 0), touch("edge", 10), touch("young", 25), touch("buyer", 20)],
      conversions: [{ id: "k", at: day(30), visitor: "buyer", revenue: 10 }],
    });
    const { total, undecided } = await (await ask("open")).summary(ALL);
    expect([total.journeys, total.converted, undecided]).toEqual([4, 1, 1]);
  });

  test("conversions of another type end no journey where one is named", async () => {
    const at = (day: number) => new Date(START + day * 24 * HOUR_MS).toISOString();
    const csv = (kind: string, ...lines: string[]) =>
      world.json("import", kind, world.file(`${kind}.csv`, lines.join("\n")), "--workspace", "types");
    await csv(
      "touchpoints",
      "event_id,occurred_at,visitor_id,channel,campaign,interaction",
      ...[`a,${at(1)},v,Search,c,click`, `b,${at(3)},v,Email,c,click`],
    );
    await csv(
      "conversions",
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency",
      ...[`l,${at(2)},v,lead,0,EUR`, `p,${at(4)},v,purchase,50,EUR`],
    );
    const pathsOf = async (...types: string[]) => {
      const argv = types.flatMap((type) => ["--conversion-type", type]);
      const { paths } = (await world.json("journeys", "--workspace", "types", ...argv)) as {
        paths: { rows: { path: { channel: string }[] }[] };
      };
      return paths.rows.map(({ path }) => path.map(({ channel }) => channel).join(" > ")).sort();
    };
    expect(await pathsOf()).toEqual(["Email", "Search"]);
    expect(await pathsOf("purchase")).toEqual(["Search > Email"]);
  });

  test("the command prints them, and nothing but JSON when asked", async () => {
    await load("printed", randomMarket(13));
    const printed = await world.run("journeys", "--workspace", "printed", "--steps", "2", "--top", "3");
    expect([printed.exitCode, printed.stderr]).toEqual([0, ""]);
    for (const words of [
      "Most common paths (3 of",
      "other paths)",
      "... > ",
      "Time from the first touch",
      "Assists/closes",
    ])
      expect(printed.stdout).toContain(words);
    const json = (await world.json("journeys", "--workspace", "printed", "--top", "3", "--channel", "Email")) as {
      paths: { rows: { path: { channel: string }[] }[] };
      flow: JourneyFlow;
    };
    expect(json.paths.rows).toHaveLength(3);
    expectBalance(json.flow);
    const campaigns = await world.run("journeys", "--workspace", "printed", "--by", "campaign");
    expect(campaigns.stdout).toContain(" / c");
    expect(campaigns.stdout).not.toContain("Unconverted");
  });

  test("what cannot be asked is refused in one sentence", async () => {
    for (const [option, value, words] of [
      ["--by", "colour", "is not channel or campaign"],
      ["--order-by", "luck", "is not one of conversions, revenue, journeys"],
      ["--from", "2027-01-01", "the range is empty"],
      ["--steps", "0", "whole number from 1 to 10"],
    ] as const) {
      const { exitCode, stderr } = await world.run("journeys", "--workspace", "printed", option, value);
      expect([option, exitCode, stderr]).toEqual([option, 2, expect.stringContaining(words)]);
    }
    const nothing = await world.run("journeys", "--workspace", "bare");
    expect([nothing.exitCode, nothing.stderr]).toEqual([1, expect.stringContaining("nothing was imported yet")]);
  });
});
