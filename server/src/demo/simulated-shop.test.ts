import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { prepareCalendar, prepareSeason } from "./calendar.ts";
import { CHANNELS, INTERACTIONS } from "./shop.ts";
import { type SimulatedShopFiles, type SimulatedShopOptions, writeSimulatedShop } from "./simulated-shop.ts";
import { type ShopTruth, trueDailyIncrementalRevenue } from "./truth.ts";

type Row = Record<string, string>;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function makeShop(options: SimulatedShopOptions): Promise<SimulatedShopFiles> {
  const folder = mkdtempSync(join(tmpdir(), "simulated-shop-"));
  folders.push(folder);
  return writeSimulatedShop(folder, options);
}

/** No value of these files holds a comma or a quote; the width check proves it. */
function readRows(path: string): Row[] {
  const text = readFileSync(path, "utf8");
  expect(text.endsWith("\n")).toBe(true);
  const [header, ...lines] = text.slice(0, -1).split("\n");
  const columns = header!.split(",");
  return lines.map((line) => {
    const values = line.split(",");
    if (values.length !== columns.length || line.includes('"')) throw new Error(`malformed row: ${line}`);
    return Object.fromEntries(columns.map((column, at) => [column, values[at]!]));
  });
}

function readTruth(files: SimulatedShopFiles): ShopTruth {
  return JSON.parse(readFileSync(files.truth, "utf8"));
}

const hashOf = (files: SimulatedShopFiles) =>
  [files.touchpoints, files.spend, files.conversions, files.truth].map((path) =>
    createHash("sha256").update(readFileSync(path)).digest("hex"),
  );
const cents = (amount: string | number) => Math.round(Number(amount) * 100);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe("the same options", () => {
  it("give the same bytes, and another seed gives other ones", async () => {
    const options = { people: 1000, days: 40 };
    const first = hashOf(await makeShop({ ...options, seed: 1 }));
    expect(hashOf(await makeShop({ ...options, seed: 1 }))).toEqual(first);
    const other = hashOf(await makeShop({ ...options, seed: 2 }));
    other.forEach((hash, at) => {
      expect(hash).not.toBe(first[at]);
    });
  });

  it("can be a single day and a handful of people", async () => {
    const files = await makeShop({ people: 5, days: 1 });
    expect(readRows(files.conversions)).toHaveLength(files.counts.conversions);
    expect(readTruth(files).firstDay).toBe("2026-10-31");
  });

  it("are refused when they make no shop", async () => {
    await expect(makeShop({ people: 0 })).rejects.toThrow("people must be a whole number");
    await expect(makeShop({ days: 1.5 })).rejects.toThrow("days must be a whole number");
    await expect(makeShop({ lastDay: "yesterday" })).rejects.toThrow("expected a day such as 2026-10-31");
    await expect(makeShop({ seed: -1 })).rejects.toThrow("a seed is a whole number");
  });

  it("report their progress up to the end, and fail when the folder cannot be written", async () => {
    const folder = mkdtempSync(join(tmpdir(), "simulated-shop-"));
    folders.push(folder);
    const shares: number[] = [];
    const files = await writeSimulatedShop(folder, { people: 100, days: 10 }, (share) => shares.push(share));
    expect(shares).toHaveLength(10);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares.at(-1)).toBe(1);
    await expect(writeSimulatedShop(join(files.spend, "below-a-file"), { people: 100, days: 10 })).rejects.toThrow();
  });
});

describe("a simulated shop of 10,000 people and 120 days", () => {
  const firstDay = "2026-07-04";
  const lastDay = "2026-10-31";
  // Midnights in Paris, in summer and in winter time.
  const opens = Date.parse("2026-07-03T22:00:00Z");
  const closes = Date.parse("2026-10-31T23:00:00Z");
  let files: SimulatedShopFiles;
  let touchpoints: Row[];
  let spend: Row[];
  let conversions: Row[];
  let truth: ShopTruth;

  beforeAll(async () => {
    files = await makeShop({ people: 10_000, days: 120, seed: 5 });
    touchpoints = readRows(files.touchpoints);
    spend = readRows(files.spend);
    conversions = readRows(files.conversions);
    truth = readTruth(files);
  });

  it("has the columns that the import takes, in files as long as reported", () => {
    const header = (path: string) => readFileSync(path, "utf8").split("\n", 1)[0];
    expect(header(files.touchpoints)).toBe(
      "event_id,occurred_at,visitor_id,channel,campaign,interaction,device,country,region",
    );
    expect(header(files.spend)).toBe("date,channel,campaign,cost,currency,source,impressions,clicks");
    expect(header(files.conversions)).toBe(
      "conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,margin,order_id,product_group,customer_type",
    );
    expect(files.counts).toEqual({
      people: 10_000,
      touchpoints: touchpoints.length,
      spend: spend.length,
      conversions: conversions.length,
    });
    expect(conversions.length).toBeGreaterThan(500);
  });

  it("fills every column of every row", () => {
    for (const row of [...touchpoints, ...spend, ...conversions]) {
      for (const [column, value] of Object.entries(row)) {
        if (value === "" || value.includes("undefined") || value.includes("NaN"))
          throw new Error(`${column}: "${value}"`);
      }
    }
  });

  it("gives every event, conversion and order an id of its own", () => {
    expect(new Set(touchpoints.map((row) => row.event_id)).size).toBe(touchpoints.length);
    expect(new Set(conversions.map((row) => row.conversion_id)).size).toBe(conversions.length);
    expect(new Set(conversions.map((row) => row.order_id)).size).toBe(conversions.length);
  });

  it("writes times of its own days only, in order: a purchase after the last day is not in the file", () => {
    for (const rows of [touchpoints, conversions]) {
      let before = 0;
      for (const row of rows) {
        const text = row.occurred_at!;
        const time = Date.parse(text);
        if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) || !(time >= opens && time < closes) || time < before) {
          throw new Error(`unexpected time ${text}`);
        }
        before = time;
      }
      expect(before).toBeGreaterThan(closes - 86_400_000);
    }
    const dates = spend.map((row) => row.date!);
    expect(dates[0]).toBe(firstDay);
    expect(dates.at(-1)).toBe(lastDay);
    expect(dates.every((date) => date >= firstDay && date <= lastDay)).toBe(true);
    expect(truth).toMatchObject({ firstDay, lastDay, days: 120, timeZone: "Europe/Paris", currency: "EUR" });
  });

  it("shows all eight channels, and only interactions, devices and countries that exist", () => {
    expect([...new Set(touchpoints.map((row) => row.channel))].sort()).toEqual([...CHANNELS].sort());
    expect([...new Set(spend.map((row) => row.channel))].sort()).toEqual(
      CHANNELS.filter((channel) => channel !== "Direct").sort(),
    );
    const interactions: readonly string[] = INTERACTIONS;
    for (const row of touchpoints) {
      if (!interactions.includes(row.interaction!)) throw new Error(row.interaction);
    }
    expect(new Set(touchpoints.map((row) => row.device))).toEqual(new Set(["mobile", "desktop", "tablet"]));
    expect(new Set(touchpoints.map((row) => row.country))).toEqual(new Set(["FR"]));
    expect(new Set(touchpoints.map((row) => row.region)).size).toBe(13);
  });

  it("shows only the clicks of Video, about one for every hundred impressions that were paid", () => {
    const seen = touchpoints.filter((row) => row.channel === "Video");
    expect(new Set(seen.map((row) => row.interaction))).toEqual(new Set(["click"]));
    const paid = sum(spend.filter((row) => row.channel === "Video").map((row) => Number(row.impressions)));
    expect(seen.length / paid).toBeGreaterThan(0.005);
    expect(seen.length / paid).toBeLessThan(0.015);
  });

  it("has amounts with two decimals, margins inside the revenue, and whole deliveries", () => {
    const money = /^\d+\.\d\d$/;
    for (const row of spend) {
      if (!money.test(row.cost!) || !/^\d+$/.test(row.impressions!) || !/^\d+$/.test(row.clicks!)) {
        throw new Error(JSON.stringify(row));
      }
      if (Number(row.clicks) > Number(row.impressions)) throw new Error(JSON.stringify(row));
    }
    for (const row of conversions) {
      if (!money.test(row.revenue!) || !money.test(row.margin!)) throw new Error(JSON.stringify(row));
      const rate = Number(row.margin) / Number(row.revenue);
      if (!(rate > 0.15 && rate < 0.6)) throw new Error(JSON.stringify(row));
    }
    const mean = sum(conversions.map((row) => Number(row.revenue))) / conversions.length;
    expect(mean).toBeGreaterThan(60);
    expect(mean).toBeLessThan(90);
  });

  it("never shows more touches than were delivered, and none of a campaign that spent nothing on the day", () => {
    const paris = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short" });
    const seen = new Map<string, { touches: number; clicks: number }>();
    for (const row of touchpoints) {
      if (row.channel === "Direct") continue;
      const key = `${paris.format(Date.parse(row.occurred_at!))} ${row.channel} ${row.campaign}`;
      const counts = seen.get(key) ?? { touches: 0, clicks: 0 };
      seen.set(key, counts);
      counts.touches++;
      if (row.interaction === "click") counts.clicks++;
    }
    const delivered = new Map(spend.map((row) => [`${row.date} ${row.channel} ${row.campaign}`, row]));
    expect(seen.size).toBeGreaterThan(500);
    for (const [key, counts] of seen) {
      const row = delivered.get(key);
      if (!row) throw new Error(`touches without spend: ${key}`);
      if (counts.touches > Number(row.impressions) || counts.clicks > Number(row.clicks)) throw new Error(key);
    }
  });

  it("knows why every purchase happened: baseline and channels add up to the file, to the cent", () => {
    expect(truth.booked.conversions).toBe(conversions.length);
    expect(cents(truth.booked.revenue)).toBe(sum(conversions.map((row) => cents(row.revenue!))));
    const parts = [truth.baselineYear, ...truth.channels.map((channel) => channel.incrementalYear)];
    expect(sum(parts.map((part) => part.conversions))).toBe(truth.booked.conversions);
    expect(sum(parts.map((part) => cents(part.revenue)))).toBe(cents(truth.booked.revenue));
    const { propensity, interest } = truth.baselineYearByOrigin;
    expect(propensity.conversions + interest.conversions).toBe(truth.baselineYear.conversions);

    const lastMonth = conversions.filter((row) => Date.parse(row.occurred_at!) >= Date.parse("2026-10-03T22:00:00Z"));
    const recent = [truth.baselineLast28Days, ...truth.channels.map((channel) => channel.incrementalLast28Days)];
    expect(sum(recent.map((part) => part.conversions))).toBe(lastMonth.length);
    expect(sum(recent.map((part) => cents(part.revenue)))).toBe(sum(lastMonth.map((row) => cents(row.revenue!))));
  });

  it("states today's and the year's spend as the spend file has them", () => {
    for (const { channel, spendToday, spendYear } of truth.channels) {
      const rows = spend.filter((row) => row.channel === channel);
      expect(cents(spendYear)).toBe(sum(rows.map((row) => cents(row.cost!))));
      const recent = rows.filter((row) => row.date! >= "2026-10-04");
      expect(cents(28 * spendToday)).toBe(sum(recent.map((row) => cents(row.cost!))));
    }
  });

  it("causes as many purchases as the stated curves and the spend file let expect", () => {
    const season = prepareSeason(prepareCalendar(lastDay, 120));
    const compared: string[] = [];
    for (const { channel, incrementalYear } of truth.channels) {
      const daily = new Map<string, number>();
      for (const row of spend) {
        if (row.channel === channel) daily.set(row.date!, (daily.get(row.date!) ?? 0) + Number(row.cost));
      }
      let expected = 0;
      prepareCalendar(lastDay, 120).dates.forEach((date, day) => {
        const revenue = trueDailyIncrementalRevenue(truth, channel, daily.get(date) ?? 0);
        expected += (revenue / truth.meanOrderValue) * season.demand[day]!;
      });
      // Four standard deviations, and a tenth for what the edges carry in and out.
      expect(Math.abs(incrementalYear.conversions - expected)).toBeLessThanOrEqual(
        4 * Math.sqrt(expected) + 0.1 * expected,
      );
      if (expected > 30) compared.push(channel);
    }
    expect(compared).toEqual(expect.arrayContaining(["Paid Search", "Paid Social", "Display", "Video", "Email"]));
  });

  it("brings people in by Direct and Brand Search within hours before they buy, and by Display at any time", () => {
    const touchesOf = new Map<string, { time: number; channel: string }[]>();
    for (const row of touchpoints) {
      const list = touchesOf.get(row.visitor_id!) ?? [];
      touchesOf.set(row.visitor_id!, list);
      list.push({ time: Date.parse(row.occurred_at!), channel: row.channel! });
    }
    const HOUR = 3_600_000;
    /** Touches an hour, over all purchases, between so many hours before them. */
    const countNear = (channel: string, fromHours: number, toHours: number) => {
      let touches = 0;
      for (const row of conversions) {
        const bought = Date.parse(row.occurred_at!);
        for (const touch of touchesOf.get(row.visitor_id!) ?? []) {
          const hours = (bought - touch.time) / HOUR;
          if (touch.channel === channel && hours > fromHours && hours <= toHours) touches++;
        }
      }
      return touches / (toHours - fromHours);
    };
    for (const channel of ["Direct", "Brand Search"]) {
      expect(countNear(channel, 0, 6)).toBeGreaterThan(20);
      expect(countNear(channel, 0, 6)).toBeGreaterThan(15 * countNear(channel, 48, 168));
    }
    expect(countNear("Display", 0, 6)).toBeLessThan(4 * countNear("Display", 48, 168));
    // Retargeting stops after a purchase: it follows intent, which the purchase ends.
    expect(countNear("Retargeting", 0, 48)).toBeGreaterThan(5 * countNear("Retargeting", -48, 0));
  });

  it("lets Brand Search and Direct cause next to nothing although they stand before most purchases", () => {
    const caused = (name: string) =>
      truth.channels.find(({ channel }) => channel === name)!.incrementalYear.conversions;
    expect(caused("Direct")).toBe(0);
    expect(caused("Brand Search")).toBeLessThan(0.02 * conversions.length);
  });
});

describe("the default year, at a sixtieth of its size", () => {
  let truth: ShopTruth;

  beforeAll(async () => {
    truth = readTruth(await makeShop({ people: 2000 }));
  });

  it("earns three to six times its spend, about 60 % of it without any marketing", () => {
    const roas = truth.booked.revenue / sum(truth.channels.map(({ spendYear }) => spendYear));
    expect(roas).toBeGreaterThan(3);
    expect(roas).toBeLessThan(6);
    const baseline = truth.baselineYear.revenue / truth.booked.revenue;
    expect(baseline).toBeGreaterThan(0.5);
    expect(baseline).toBeLessThan(0.7);
  });

  it("leaves 10 to 20 % of incremental revenue to a better split: more Paid Social, less Display and Retargeting", () => {
    const channels = truth.channels.filter(({ plannable }) => plannable);
    const revenueOf = (split: number[]) =>
      sum(channels.map(({ channel }, at) => trueDailyIncrementalRevenue(truth, channel, split[at]!)));
    // The budget goes out in small steps, each to the channel that earns most with it: exact for concave curves.
    const today = channels.map(({ spendToday }) => spendToday);
    const step = sum(today) / 5000;
    const best = channels.map(() => 0);
    for (let given = 0; given < 5000; given++) {
      const gains = channels.map(
        ({ channel }, at) =>
          trueDailyIncrementalRevenue(truth, channel, best[at]! + step) -
          trueDailyIncrementalRevenue(truth, channel, best[at]!),
      );
      best[gains.indexOf(Math.max(...gains))]! += step;
    }
    const gain = revenueOf(best) / revenueOf(today) - 1;
    expect(gain).toBeGreaterThan(0.1);
    expect(gain).toBeLessThan(0.2);
    const change = Object.fromEntries(channels.map(({ channel }, at) => [channel, best[at]! / today[at]!]));
    expect(change["Paid Social"]).toBeGreaterThan(1.5);
    expect(change.Display).toBeLessThan(0.5);
    expect(change.Retargeting).toBeLessThan(0.5);
  });
});

describe("the true return of a channel", () => {
  let truth: ShopTruth;

  beforeAll(async () => {
    truth = readTruth(await makeShop({ people: 500, days: 30 }));
  });

  it("is nothing for nothing, rises with spend, and rises less and less", () => {
    for (const { channel, plannable } of truth.channels) {
      if (!plannable) continue;
      const at = (spend: number) => trueDailyIncrementalRevenue(truth, channel, spend);
      expect(at(0)).toBe(0);
      expect(at(1)).toBeGreaterThan(0);
      expect(at(2)).toBeGreaterThan(at(1));
      expect(at(2) - at(1)).toBeLessThan(at(1));
    }
    expect(trueDailyIncrementalRevenue(truth, "Direct", 100)).toBe(0);
  });

  it("is refused for a channel or a spend that cannot be", () => {
    expect(() => trueDailyIncrementalRevenue(truth, "Radio", 1)).toThrow('no channel "Radio"');
    expect(() => trueDailyIncrementalRevenue(truth, "Display", -1)).toThrow(RangeError);
    expect(() => trueDailyIncrementalRevenue(truth, "Display", Number.NaN)).toThrow(RangeError);
  });
});
