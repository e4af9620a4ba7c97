import type { ChannelsQuality, Disagreement, ForecastQuality, HeldOutQuality } from "@touchline/server/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWorld, type World } from "../support/world.ts";
import { seeded } from "../torture/random.ts";

interface Answers extends ChannelsQuality {
  heldOut: HeldOutQuality;
  forecast: ForecastQuality;
  disagreements: Disagreement[];
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const DAY_MS = 86_400_000;
const FROM = Date.parse("2026-01-01T00:00:00Z");
const DAYS = 90;
const CHANNELS = ["Search", "Social", "Display", "Direct"];
const iso = (at: number) => new Date(at).toISOString();

interface Shop {
  readonly people: number;
  /** Days over which a person's touches lie. */
  readonly spreadDays: number;
  readonly mostTouches: number;
  /** Chance that a touch of the channel is followed by a purchase, a few hours to two days later. */
  readonly converts: (channel: string) => number;
  /** Chance that somebody buys at some moment of the days, or right after them, whatever the touches were. */
  readonly buys?: number;
  readonly buysAfter?: number;
}

/** People with touches of random channels at random moments. */
async function importShop(workspace: string, shop: Shop): Promise<void> {
  const { people, spreadDays, mostTouches, converts, buys = 0, buysAfter = 0 } = shop;
  const source = seeded(7);
  const random = () => source.below(1e9) / 1e9;
  const touches = ["event_id,occurred_at,visitor_id,channel,campaign,interaction"];
  const orders = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency"];
  const order = (id: string, at: number, n: number) =>
    orders.push(`${id},${iso(at)},v${n},purchase,${10 + (n % 30)},EUR`);
  for (let n = 0; n < people; n++) {
    const start = FROM + random() * (DAYS - spreadDays - 1) * DAY_MS;
    if (random() < buys) order(`b${n}`, start + random() * spreadDays * DAY_MS, n);
    if (random() < buysAfter) order(`a${n}`, start + (spreadDays + random()) * DAY_MS, n);
    const count = 1 + Math.floor(random() * mostTouches);
    for (let i = 0; i < count; i++) {
      const at = start + random() * spreadDays * DAY_MS;
      const channel = CHANNELS[Math.floor(random() * CHANNELS.length)]!;
      const interaction = channel === "Direct" ? "visit" : "click";
      touches.push(`e${n}-${i},${iso(at)},v${n},${channel},c,${interaction}`);
      if (random() < converts(channel)) order(`k${n}-${i}`, at + (0.1 + 2 * random()) * DAY_MS, n);
    }
  }
  const spend = ["date,channel,campaign,cost,currency,clicks"];
  for (let day = 0; day < DAYS; day++) {
    const date = iso(FROM + day * DAY_MS).slice(0, 10);
    for (const channel of CHANNELS.slice(0, 3)) {
      // Of what Display delivered a fiftieth is seen.
      spend.push(`${date},${channel},c,50,EUR,${Math.round((people * 1.1 * (channel === "Display" ? 50 : 1)) / DAYS)}`);
    }
  }
  for (const [kind, rows] of Object.entries({ touchpoints: touches, conversions: orders, spend })) {
    await world.json("import", kind, world.file(`${workspace}-${kind}.csv`, rows.join("\n")), "--workspace", workspace);
  }
}

const judge = async (workspace: string) => (await world.json("quality", "--workspace", workspace)) as Answers;

describe("a shop where one channel sells", () => {
  let answers: Answers;
  beforeAll(async () => {
    await importShop("selling", {
      ...{ people: 4_000, spreadDays: 85, mostTouches: 8, buys: 0.2 },
      converts: (channel) => (channel === "Social" ? 0.25 : 0.01),
    });
    answers = await judge("selling");
  });

  test("models tell buyers from others among visitors that they have not seen, and the counts add up", () => {
    const { journeys, warnings } = answers.heldOut;
    expect(warnings).toEqual([]);
    expect(journeys!.refused).toEqual([]);
    expect(journeys!.models).toHaveLength(12);
    for (const { model, auc, gain, gainError, calibration, logLikelihood } of journeys!.models) {
      // How a long journey began says little of how it ends.
      if (model !== "first" && model !== "position-based")
        expect(auc! - 0.5, model).toBeGreaterThan(2 * journeys!.aucError);
      expect(logLikelihood, model).toBeCloseTo(journeys!.constant + gain, 9);
      expect(gainError, model).toBeGreaterThan(0);
      expect(calibration.reduce((sum, bin) => sum + bin.journeys, 0)).toBe(journeys!.heldOut.journeys);
      expect(calibration.reduce((sum, bin) => sum + bin.conversions, 0)).toBe(journeys!.heldOut.conversions);
    }
    expect(Math.max(...journeys!.models.map(({ auc }) => auc!))).toBeGreaterThan(0.7);
    const share = journeys!.heldOut.journeys / (journeys!.heldOut.journeys + journeys!.training.journeys);
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
  });

  test("the chances of a Markov chain hold for visitors that it has not seen", () => {
    const chain = answers.heldOut.journeys!.models.find(({ order }) => order === 1)!;
    for (const { foretold, observed, journeys } of chain.calibration) {
      expect(Math.abs(foretold - observed)).toBeLessThan(
        4.5 * Math.sqrt(Math.max(0.01, observed * (1 - observed)) / journeys),
      );
    }
  });

  test("the incremental model foretells when people buy, better than who they are", () => {
    const rates = answers.heldOut.rates!;
    expect(Math.abs(rates.expected - rates.conversions)).toBeLessThan(5 * Math.sqrt(rates.conversions));
    expect(rates.gain).toBeGreaterThan(4 * rates.gainError);
    expect(rates.timingGain).toBeGreaterThan(4 * rates.timingGainError);
    expect(rates.effectAuc).toBeGreaterThan(0.7);
  });

  test("four weeks are foretold from what came before them, and their days add up", () => {
    const { weeks, level } = answers.forecast;
    expect(level).toBe(0.9);
    expect(weeks).toHaveLength(4);
    for (const week of weeks) {
      expect(week.days).toHaveLength(7);
      expect(week.days.reduce((sum, day) => sum + day.expected, 0)).toBeCloseTo(week.expected, 6);
      expect(week.days.reduce((sum, day) => sum + day.seen, 0)).toBe(week.seen);
      expect(week.low).toBeLessThan(week.expected);
      expect(week.ofTouches).toBeLessThanOrEqual(week.expected + 1e-9);
    }
    expect(weeks.filter(({ seen, low, high }) => seen >= low && seen <= high).length).toBeGreaterThanOrEqual(2);
  });

  test("what follows the touches of the channel that sells stands out, and nothing before them does", () => {
    const social = answers.channels.find(({ channel }) => channel === "Social")!;
    const ratio = (days: number) => social.lags.find(({ fromDays }) => fromDays === days)!.rate! / social.usual!;
    expect(ratio(1)).toBeGreaterThan(5);
    expect(social.effect!.conversions).toBeGreaterThan(0);
    const day = social.lags.find(({ fromDays }) => fromDays === 1)!;
    expect(day.fitted! / day.rate!).toBeGreaterThan(0.4);
    expect(day.fitted! / day.rate!).toBeLessThan(2.5);
  });

  test("channels are marked: own visits, and those of which little is seen", () => {
    const marks = Object.fromEntries(answers.channels.map(({ channel, findings }) => [channel, findings]));
    expect(marks.Direct).toContain("owned");
    expect(marks.Display).toContain("low-coverage");
    expect(marks.Social).not.toContain("low-coverage");
    expect(marks.Social).not.toContain("not-identified");
  });

  test("two models disagree by money that adds up", () => {
    for (const { rows, moved, booked, a, b } of answers.disagreements) {
      expect([a, b]).toContain("incremental");
      const sum = (amount: (row: (typeof rows)[number]) => string) =>
        rows.reduce((total, row) => total + Number(amount(row)), 0);
      expect(sum((row) => row.a)).toBeCloseTo(Number(booked), 6);
      expect(sum((row) => row.b)).toBeCloseTo(Number(booked), 6);
      expect(sum((row) => row.difference)).toBeCloseTo(0, 6);
      expect(rows.reduce((total, row) => total + Math.abs(Number(row.difference)), 0) / 2).toBeCloseTo(
        Number(moved),
        6,
      );
    }
  });

  test("the command says the same in words", async () => {
    const { stdout, exitCode } = await world.run("quality", "--workspace", "selling");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Held-out journeys: .* of visitors that no model has seen/);
    expect(stdout).toMatch(/Markov|markov, order 3/);
    expect(stdout).toMatch(/Display: only \d+ % of what was delivered is seen/);
    expect(stdout).toMatch(/incremental against last: .* EUR of revenue go elsewhere/);
  });
});

test("a shop where buying owes nothing to the journey: no model knows anything, and that is said", async () => {
  await importShop("random", { people: 3_000, spreadDays: 5, mostTouches: 4, converts: () => 0, buysAfter: 0.3 });
  const { heldOut } = await judge("random");
  const { models, aucError } = heldOut.journeys!;
  expect(heldOut.warnings).toContain("no-signal");
  expect(models.length).toBeGreaterThanOrEqual(11);
  for (const { model, auc } of models) expect(Math.abs(auc! - 0.5), model).toBeLessThan(4 * aucError);
  const { stdout } = await world.run("quality", "--workspace", "random");
  expect(stdout).toMatch(/No model tells journeys that convert from others/);
});

describe("too little to judge", () => {
  test("three visitors: no figure is made up", async () => {
    await importShop("three", { people: 3, spreadDays: 5, mostTouches: 3, converts: () => 1 });
    const answers = await judge("three");
    expect(answers.heldOut.journeys).toBeNull();
    expect(answers.heldOut.journeysReason).toMatch(/converted and unconverted ones on both sides/);
    expect(answers.forecast.weeks).toEqual([]);
    const { stdout, exitCode } = await world.run("quality", "--workspace", "three");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Held-out journeys: /);
  });

  test("an empty range says so", async () => {
    const { exitCode, stderr } = await world.run(
      "quality",
      "--workspace",
      "three",
      "--from",
      "2026-03-01",
      "--to",
      "2026-02-01",
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/the range is empty/);
  });

  test("no data at all says what to import", async () => {
    const { exitCode, stderr } = await world.run("quality", "--workspace", "nothing");
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/nothing was imported yet/);
  });
});
