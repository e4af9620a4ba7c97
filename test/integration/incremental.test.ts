import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { Random } from "../../server/src/random.ts";
import { openWorld, type World } from "../support/world.ts";

const Amounts = z.object({ conversions: z.number(), revenue: z.string(), margin: z.string().optional() });
const Interval = z.object({ level: z.number(), low: z.number(), high: z.number() });
const Answer = z.object({
  totals: Amounts,
  baseline: Amounts,
  channels: z.array(
    Amounts.extend({
      ...{ channel: z.string(), campaign: z.string().optional() },
      ...{ interval: Interval.nullable(), flags: z.array(z.string()) },
    }),
  ),
});
type Answer = z.infer<typeof Answer> & { readonly warnings: string };

const START = Date.parse("2026-01-01T00:00:00Z");
const DAYS = 90;
const iso = (days: number) => new Date(START + Math.round(days * 86_400_000)).toISOString();

interface Channel {
  readonly name: string;
  /** Of a person. */
  readonly touches: number;
  readonly effect: number;
  readonly interaction?: string;
  readonly until?: number;
}
interface Market {
  readonly channels: readonly Channel[];
  readonly people?: number;
  /** Conversions of a person that come anyway. */
  readonly base?: number;
  readonly seed?: number;
  readonly type?: (i: number) => string;
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

interface Lines {
  readonly touchpoints: string[];
  readonly conversions: string[];
  readonly spend: string[];
}

function drawLines({ channels, people = 2_000, base = 0.2, seed = 1, type = () => "purchase" }: Market): Lines {
  const random = new Random(seed);
  const touchpoints: string[] = [];
  const conversions: string[] = [];
  const sell = (person: number, at: number): void => {
    if (at >= DAYS) return;
    const i = conversions.length;
    const revenue = (10 + random.below(9_000) / 100).toFixed(2);
    const margin = (random.below(900) / 100).toFixed(2);
    conversions.push(`k${i},${iso(at)},v${person},${type(i)},${revenue},EUR,${margin}`);
  };
  for (let person = 0; person < people; person++) {
    for (const { name, touches, effect, interaction = "click", until = DAYS } of channels) {
      for (let n = random.below(2 * touches + 1); n > 0; n--) {
        const at = random.uniform() * until;
        const i = touchpoints.length;
        touchpoints.push(
          `e${i},${iso(at)},v${person},${name},${name} ${i % 3},${interaction},${i % 2 === 0 ? "red" : ""}`,
        );
        if (random.chance(effect)) sell(person, at + random.exponential(2));
      }
    }
    if (random.chance(base)) sell(person, random.uniform() * DAYS);
  }
  const paid = channels.filter(({ interaction }) => interaction !== "visit");
  return { touchpoints, conversions, spend: paid.map(({ name }) => `2026-01-02,${name},${name} 0,100,EUR`) };
}

const HEADS = {
  touchpoints: "event_id,occurred_at,visitor_id,channel,campaign,interaction,creative",
  conversions: "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,margin",
  spend: "date,channel,campaign,cost,currency",
  experiments: "experiment_id,channel,method,start_date,end_date,spend,incremental_conversions,standard_error",
};

async function load(workspace: string, lines: Partial<Record<keyof typeof HEADS, readonly string[]>>): Promise<void> {
  for (const [kind, rows] of Object.entries(lines)) {
    if (rows.length === 0) continue;
    const file = world.file(`${kind}.csv`, [HEADS[kind as keyof typeof HEADS], ...rows].join("\n"));
    await world.json("import", kind, file, "--workspace", workspace);
  }
}

/** Asks, and checks what must hold whatever the data: it adds up, and every number is one. */
async function attribute(workspace: string, ...more: string[]): Promise<Answer> {
  const args = ["attribute", "--model", "incremental", "--json", "--workspace", workspace];
  const { exitCode, stdout, stderr } = await world.run(...args, ...more);
  expect(exitCode, stderr).toBe(0);
  const answer = { ...Answer.parse(JSON.parse(stdout)), warnings: stderr };
  expectToAddUp(answer);
  for (const { channel, interval, conversions } of answer.channels) {
    expect(conversions, channel).toBeGreaterThanOrEqual(0);
    if (interval === null) continue;
    expect(interval.low, channel).toBeGreaterThanOrEqual(0);
    expect(interval.high, channel).toBeGreaterThanOrEqual(interval.low);
  }
  return answer;
}

const trillionths = (decimal: string): bigint => {
  const [whole, part = ""] = decimal.replace("-", "").split(".");
  return BigInt(whole! + part.padEnd(12, "0")) * (decimal.startsWith("-") ? -1n : 1n);
};

function expectToAddUp({ totals, baseline, channels }: Answer): void {
  for (const amount of ["revenue", "margin"] as const) {
    if (totals[amount] === undefined) continue;
    const parts = [baseline, ...channels].map((row) => trillionths(row[amount] ?? "0"));
    expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(trillionths(totals[amount]));
  }
  const credited = channels.reduce((sum, { conversions }) => sum + conversions, 0);
  expect(credited + baseline.conversions).toBeCloseTo(totals.conversions, 8);
  expect(baseline.conversions).toBeGreaterThanOrEqual(0);
}

const rowOf = ({ channels }: Answer, name: string) => channels.find(({ channel }) => channel === name)!;
const creditedOf = ({ channels }: Answer) => channels.reduce((sum, { conversions }) => sum + conversions, 0);

const SEARCH: Channel = { name: "Search", touches: 2, effect: 0.05 };
const SOCIAL: Channel = { name: "Social", touches: 2, effect: 0.02 };
const DISPLAY: Channel = { name: "Display", touches: 3, effect: 0, interaction: "impression" };
const DIRECT: Channel = { name: "Direct", touches: 1, effect: 0, interaction: "visit" };
const CHANNELS = [SEARCH, SOCIAL, DISPLAY, DIRECT];

describe("a shop with channels that work and one that does not", () => {
  beforeAll(async () => {
    const type = (i: number) => (i % 4 === 0 ? "lead" : "purchase");
    await load("shop", drawLines({ channels: CHANNELS, people: 4_000, type }));
  });

  test("adds up by conversion date and by touch date, and puts the true effects into its intervals", async () => {
    const answer = await attribute("shop");
    await attribute("shop", "--date-basis", "touch");
    expect(answer.totals.conversions).toBeGreaterThan(1_000);
    for (const { name, touches, effect } of [SEARCH, SOCIAL]) {
      const { interval } = rowOf(answer, name);
      const caused = 4_000 * touches * effect;
      expect(interval!.low).toBeLessThan(1.1 * caused);
      expect(interval!.high).toBeGreaterThan(0.9 * caused);
    }
    expect(rowOf(answer, "Display").flags).toContain("not-identified");
    expect(rowOf(answer, "Direct")?.conversions ?? 0).toBe(0);
  });

  test("campaigns and creatives add up to their channel", async () => {
    const whole = await attribute("shop");
    for (const level of ["campaign", "creative"]) {
      const parts = await attribute("shop", "--by", level);
      expect(parts.channels.length).toBeGreaterThan(whole.channels.length);
      for (const { channel, revenue } of whole.channels) {
        const own = parts.channels.filter((part) => part.channel === channel);
        expect(own.reduce((sum, part) => sum + trillionths(part.revenue), 0n)).toBe(trillionths(revenue));
      }
    }
  });

  test("types of conversions are credited apart", async () => {
    const all = await attribute("shop");
    const [leads, purchases] = [
      await attribute("shop", "--conversion-type", "lead"),
      await attribute("shop", "--conversion-type", "purchase"),
    ];
    expect(leads.totals.conversions + purchases.totals.conversions).toBe(all.totals.conversions);
    const both = rowOf(leads, "Search").conversions + rowOf(purchases, "Search").conversions;
    expect(Math.abs(both / rowOf(all, "Search").conversions - 1)).toBeLessThan(0.25);
  });

  test("a single day is credited from what all days before it taught", async () => {
    const answer = await attribute("shop", "--from", "2026-03-20", "--to", "2026-03-20");
    expect(answer.totals.conversions).toBeGreaterThan(0);
    expect(answer.totals.conversions).toBeLessThan(60);
    expect(creditedOf(answer)).toBeLessThan(answer.totals.conversions);
    const first = await attribute("shop", "--from", "2026-01-01", "--to", "2026-01-01");
    expect(first.warnings).toMatch(/Only \d+ conversions?|everything is baseline/);
  });

  test("is the same again", async () => {
    const lines = drawLines({ channels: CHANNELS, people: 300 });
    await load("again", lines);
    const before = await attribute("again");
    await load("again", { touchpoints: [`late,${iso(1)},nobody,Search,Search 0,click,`] });
    const after = await attribute("again");
    expect(rowOf(after, "Search").conversions / rowOf(before, "Search").conversions).toBeCloseTo(1, 1);
  });
});

describe("without signal", () => {
  test("touches that have nothing to do with conversions are not identified, and most is baseline", async () => {
    const channels = CHANNELS.map((channel) => ({ ...channel, effect: 0 }));
    await load("random", drawLines({ channels, base: 0.5, seed: 5 }));
    const answer = await attribute("random");
    expect(creditedOf(answer)).toBeLessThan(0.15 * answer.totals.conversions);
    for (const { channel, flags, interval } of answer.channels) {
      expect(flags, channel).toContain(channel === "Direct" ? "owned" : "not-identified");
      expect(interval!.low).toBeLessThan(0.02 * answer.totals.conversions);
    }
  });

  test("where everybody converts", async () => {
    const lines = drawLines({ channels: [SEARCH, SOCIAL], people: 600, base: 1, seed: 6 });
    await load("everybody", lines);
    const answer = await attribute("everybody");
    expect(answer.totals.conversions).toBeGreaterThanOrEqual(600);
    expect(answer.baseline.conversions).toBeGreaterThan(0.5 * answer.totals.conversions);
  });

  test("three conversions are credited with a warning and never with confidence", async () => {
    const { touchpoints, conversions, spend } = drawLines({ channels: CHANNELS, people: 200, seed: 7 });
    await load("three", { touchpoints, conversions: conversions.slice(0, 3), spend });
    const answer = await attribute("three");
    expect(answer.totals.conversions).toBe(3);
    expect(answer.warnings).toMatch(/Only \d conversions|everything is baseline/);
    for (const { flags, channel } of answer.channels)
      if (channel !== "Direct") expect(flags).toContain("not-identified");
  });
});

describe("unusual shops", () => {
  test("with one channel only", async () => {
    await load("one", drawLines({ channels: [SEARCH], seed: 8 }));
    const { interval } = rowOf(await attribute("one"), "Search");
    expect(interval!.high).toBeGreaterThan(150);
    expect(interval!.low).toBeLessThan(230);
  });

  test("with a channel that stops in the middle: it is credited for what it did until then", async () => {
    await load("stops", drawLines({ channels: [{ ...SEARCH, until: 45 }, SOCIAL], people: 3_000, seed: 9 }));
    const { interval } = rowOf(await attribute("stops"), "Search");
    expect(interval!.low).toBeLessThan(330);
    expect(interval!.high).toBeGreaterThan(270);
    const later = await attribute("stops", "--from", "2026-03-20", "--to", "2026-03-31");
    expect(rowOf(later, "Search")?.conversions ?? 0).toBeLessThan(0.1 * later.totals.conversions);
  });

  test("with own visits only, or with no touches at all: everything is baseline, and it is said", async () => {
    const { touchpoints, conversions } = drawLines({ channels: [DIRECT], people: 300, seed: 10 });
    await load("owned", { touchpoints, conversions });
    await load("untouched", { conversions });
    for (const workspace of ["owned", "untouched"]) {
      const answer = await attribute(workspace);
      expect(creditedOf(answer)).toBe(0);
      expect(answer.baseline.conversions).toBe(answer.totals.conversions);
      expect(answer.warnings).toMatch(/everything is baseline/);
    }
  });

  test("where all conversions came before all touches, next to nothing is credited", async () => {
    const { touchpoints } = drawLines({ channels: [SEARCH], people: 500, seed: 11 });
    const sale = (_: unknown, i: number) =>
      `k${i},${new Date(START - (1 + (i % 30)) * 86_400_000).toISOString()},v${i},purchase,10,EUR,1`;
    await load("before", { touchpoints, conversions: Array.from({ length: 400 }, sale) });
    const answer = await attribute("before");
    expect(creditedOf(answer)).toBe(0);
    expect(answer.baseline.conversions).toBe(400);
  });

  test("with a bot of 20,000 touches and a purchase: the others keep what they had", async () => {
    const { touchpoints, conversions, spend } = drawLines({ channels: CHANNELS, seed: 12 });
    await load("calm", { touchpoints, conversions, spend });
    const calm = await attribute("calm");
    const bot = Array.from(
      { length: 20_000 },
      (_, i) => `b${i},${iso((i * DAYS) / 20_001)},bot,Display,Display 0,impression,`,
    );
    await load("bot", {
      touchpoints: [...touchpoints, ...bot],
      conversions: [...conversions, `kb,${iso(60)},bot,purchase,1,EUR,0`],
      spend,
    });
    const answer = await attribute("bot");
    for (const name of ["Search", "Social"])
      expect(Math.abs(rowOf(answer, name).conversions / rowOf(calm, name).conversions - 1)).toBeLessThan(0.15);
  });
});

describe("lift tests", () => {
  test("are used where they can be, and left out with the reason where not", async () => {
    const lines = drawLines({ channels: CHANNELS, seed: 13 });
    await load("tests", lines);
    const before = await attribute("tests");
    const own = rowOf(before, "Search").conversions;
    await load("tests", {
      experiments: [
        `good,Search,holdout,2026-01-01,2026-03-31,100,${(own / 2).toFixed(1)},5`,
        "early,Search,holdout,2025-06-01,2025-07-01,100,50,5",
        "elsewhere,Radio,geo,2026-02-01,2026-02-28,100,50,5",
        "impossible,Social,geo,2026-02-01,2026-02-28,100,999999,5",
        "mine,Direct,geo,2026-02-01,2026-02-28,100,20,5",
      ],
    });
    const answer = await attribute("tests");
    const search = rowOf(answer, "Search");
    expect(search.flags).toContain("calibrated");
    expect(Math.abs(search.conversions / own - 0.5)).toBeLessThan(0.05);
    const said = answer.warnings;
    expect(said).toMatch(/early was left out.*not all inside/);
    expect(said).toMatch(/elsewhere was left out.*no touches/);
    expect(said).toMatch(/impossible was left out.*more than/);
    expect(said).toMatch(/mine was left out/);
    expect(said).not.toMatch(/good was left out/);
  });
});
