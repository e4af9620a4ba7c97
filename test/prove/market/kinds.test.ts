import { expect, test } from "vitest";
import { drawMarket } from "./draw-market.ts";
import { sum } from "./draws.ts";
import type { MarketKind } from "./kinds.ts";
import { DAY } from "./season.ts";
import type { SimulatedMarket } from "./simulated-market.ts";

const SIZE = 0.25;
const SEED = 31;
const drawn = new Map<MarketKind, SimulatedMarket>();
const draw = (kind: MarketKind): SimulatedMarket => {
  const market = drawn.get(kind) ?? drawMarket(kind, SEED, { size: SIZE });
  drawn.set(kind, market);
  return market;
};
const find = ({ channels }: SimulatedMarket, is: (channel: SimulatedMarket["channels"][number]) => boolean) =>
  channels.findIndex(is);

/** Touches that pass, for each event that counts (a conversion unless told otherwise), in a stretch of time around it. */
function touchesAround(
  { touches, conversions, people }: SimulatedMarket,
  from: number,
  to: number,
  passes: (touch: number) => boolean,
  counts: (event: number) => boolean,
  events: { readonly person: Uint32Array; readonly second: Float64Array } = conversions,
): number {
  const times: number[][] = Array.from({ length: people }, () => []);
  touches.person.forEach((person, i) => {
    if (passes(i)) times[person]!.push(touches.second[i]!);
  });
  let found = 0;
  let counted = 0;
  events.person.forEach((person, i) => {
    if (!counts(i)) return;
    counted++;
    const at = events.second[i]!;
    found += times[person]!.filter((second) => second >= at + from && second < at + to).length;
  });
  return found / counted;
}

const isMarketing =
  ({ channels, touches }: SimulatedMarket) =>
  (touch: number) => {
    const { isOwned, isDemandCapture } = channels[touches.channel[touch]!]!;
    return !isOwned && !isDemandCapture;
  };
const ofChannel =
  ({ touches }: SimulatedMarket, channel: number) =>
  (touch: number) =>
    touches.channel[touch] === channel;
const anyOf = () => true;
const ofBaseline =
  ({ conversions }: SimulatedMarket) =>
  (conversion: number) =>
    conversions.cause[conversion]! < 0;

/** Marketing touches a week around purchases that nobody caused, against those of anybody: 1 where ads are aimed at random. */
function aimAtBuyers(market: SimulatedMarket): number {
  const around = touchesAround(market, -10 * DAY, 10 * DAY, isMarketing(market), ofBaseline(market));
  const all = market.touches.channel.filter((_, i) => isMarketing(market)(i)).length;
  return around / ((all / market.people / market.days) * 20);
}

/** Marketing touches in the days before an uncaused purchase against as many days long before it. */
function riseBefore(market: SimulatedMarket): number {
  const { cause, second } = market.conversions;
  const isLate = (conversion: number) => cause[conversion]! < 0 && second[conversion]! > 45 * DAY;
  const soon = touchesAround(market, -4 * DAY, 0, isMarketing(market), isLate);
  return soon / touchesAround(market, -44 * DAY, -40 * DAY, isMarketing(market), isLate);
}

test("clean: ads know nothing of who buys", () => {
  const clean = draw("clean");
  expect(aimAtBuyers(clean)).toBeGreaterThan(0.75);
  expect(aimAtBuyers(clean)).toBeLessThan(1.2);
});

test("untouched: most buyers were never reached", () => {
  const { touches, conversions } = draw("untouched");
  const reached = new Set(touches.person);
  const buyers = [...new Set(conversions.person)];
  expect(buyers.filter((person) => !reached.has(person)).length / buyers.length).toBeGreaterThan(0.5);
});

test("eager: ads meet people who buy anyway, before and after they buy alike", () => {
  const eager = draw("eager");
  expect(aimAtBuyers(eager)).toBeGreaterThan(1.4);
  expect(riseBefore(eager)).toBeLessThan(1.3);
});

test.each(["capture", "capture-beside-honest", "video-brand", "shop"] as const)(
  "%s: searches for the brand come within hours before a purchase",
  (kind) => {
    const market = draw(kind);
    const brand = ofChannel(
      market,
      find(market, ({ isDemandCapture }) => isDemandCapture),
    );
    const hours = touchesAround(market, -DAY / 2, 0, brand, anyOf);
    expect(hours).toBeGreaterThan(10 * touchesAround(market, -1.5 * DAY, -DAY, brand, anyOf));
    expect(market.channels.some(({ isOwned }) => isOwned)).toBe(true);
  },
);

test.each(["rising", "rising-tests", "hard"] as const)(
  "%s: touches thicken before a purchase that they do not cause",
  (kind) => {
    expect(riseBefore(draw(kind))).toBeGreaterThan(1.5);
  },
);

test("clicks-only-tests: the market of clicks-only, with a lift test of every channel that is seen by its clicks", () => {
  const { experiments, channels, touches } = draw("clicks-only-tests");
  const plain = draw("clicks-only");
  expect({ channels, touches }).toEqual({ channels: plain.channels, touches: plain.touches });
  const unseen = channels.flatMap(({ coverage }, i) => (coverage < 0.5 ? [i] : []));
  expect(unseen.length).toBeGreaterThan(0);
  expect(experiments.map(({ channel }) => channel).sort()).toEqual(unseen);
  expect(plain.experiments).toEqual([]);
});

test("rising-tests: lift tests say about the truth", () => {
  const { experiments, truth } = draw("rising-tests");
  expect(experiments.length).toBeGreaterThanOrEqual(2);
  for (const { channel, incrementalConversions, standardError, spend } of experiments) {
    expect(spend).toBeGreaterThan(0);
    expect(incrementalConversions).toBeLessThan(truth.incremental[channel]! + 4 * standardError);
  }
});

test("retargeting: ads come more often in the days before a purchase than after it", () => {
  const market = draw("retargeting");
  const before = touchesAround(market, -3 * DAY, 0, isMarketing(market), ofBaseline(market));
  expect(before).toBeGreaterThan(1.1 * touchesAround(market, 0, 3 * DAY, isMarketing(market), ofBaseline(market)));
});

test("mail-after-purchase: mails follow purchases", () => {
  const market = draw("mail-after-purchase");
  const mail = ofChannel(
    market,
    find(market, ({ interaction }) => interaction === "open"),
  );
  const after = touchesAround(market, 0, 4 * DAY, mail, ofBaseline(market));
  expect(after).toBeGreaterThan(1.3 * touchesAround(market, -4 * DAY, 0, mail, ofBaseline(market)));
});

test("spend-follows-demand: more is spent when more is bought of people's own accord", () => {
  const correlation = (kind: MarketKind) => {
    const { spend, conversions, days } = draw(kind);
    const [money, orders] = [new Float64Array(days), new Float64Array(days)];
    spend.day.forEach((day, i) => {
      money[day]! += spend.costMinor[i]!;
    });
    conversions.second.forEach((second, i) => {
      if (conversions.cause[i]! < 0) orders[Math.floor(second / DAY)]!++;
    });
    return correlate(money.subarray(1), orders.subarray(0, -1));
  };
  expect(correlation("spend-follows-demand")).toBeGreaterThan(correlation("clean") + 0.2);
});

function correlate(a: Float64Array, b: Float64Array): number {
  const centred = (values: Float64Array) => values.map((value) => value - sum(values) / values.length);
  const [x, y] = [centred(a), centred(b)];
  const dot = (one: Float64Array, other: Float64Array) => sum(one.map((value, i) => value * other[i]!));
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
}

test("synergy: some conversions need two channels; elsewhere none does", () => {
  expect(draw("synergy").conversions.enabler.some((enabler) => enabler >= 0)).toBe(true);
  expect(draw("clean").conversions.enabler.every((enabler) => enabler < 0)).toBe(true);
});

test("fatigue: the same touches cause less", () => {
  const caused = (kind: MarketKind) => sum(draw(kind).truth.incremental);
  expect(caused("fatigue")).toBeLessThan(0.97 * caused("clean"));
});

test("video-brand: people search for the brand after a video, whether or not they buy", () => {
  const market = draw("video-brand");
  const videos = ["YouTube", "Online Video", "CTV", "Video A", "Catch-up TV"];
  const isVideo = ofChannel(
    market,
    find(market, ({ name }) => videos.includes(name)),
  );
  const isSearch = ofChannel(
    market,
    find(market, ({ isDemandCapture }) => isDemandCapture),
  );
  const later = touchesAround(market, 0, 7 * DAY, isSearch, isVideo, market.touches);
  expect(later).toBeGreaterThan(1.1 * touchesAround(market, -7 * DAY, 0, isSearch, isVideo, market.touches));
});

test("consent: a third of people leave neither touches nor ids", () => {
  const { touches, conversions, channels } = draw("consent");
  const share = (seen: Uint8Array) => sum(seen) / seen.length;
  for (const seen of [touches.seen, conversions.seen]) {
    expect(share(seen)).toBeGreaterThan(0.58);
    expect(share(seen)).toBeLessThan(0.76);
  }
  const shown = new Set(touches.person.filter((_, i) => touches.seen[i] === 1));
  expect(conversions.person.every((person, i) => conversions.seen[i] === 1 || !shown.has(person))).toBe(true);
  expect(channels.every(({ coverage }) => coverage < 0.75)).toBe(true);
});

test("clicks-only: of a channel or two few touches are seen, and the spend file says how many there were", () => {
  const { channels, touches, spend } = draw("clicks-only");
  const hidden = [...channels.keys()].filter((i) => channels[i]!.coverage < 0.05);
  expect(hidden.length).toBeGreaterThan(0);
  expect(hidden.length).toBeLessThan(3);
  for (const i of hidden) {
    const of = (seen: 0 | 1) => touches.seen.filter((one, at) => touches.channel[at] === i && one >= seen).length;
    const said = (column: Float64Array) => sum(column.filter((_, row) => spend.channel[row] === i));
    expect(said(spend.impressions)).toBe(of(0));
    expect(said(spend.clicks)).toBe(of(1));
    expect(of(1) / of(0)).toBeLessThan(0.04);
    expect(channels[i]!.interaction).toBe("click");
  }
});
