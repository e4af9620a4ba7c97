import { listDays, shiftDay } from "../../calendar-days.ts";
import { Random } from "../../random.ts";
import { RECENT_DAYS, type SpendCell, type Watched } from "./watched.ts";

const WEEKS = [
  [1.1, 1.05, 1, 1, 1.1, 0.9, 0.85],
  [1.3, 1.3, 1.2, 1.2, 1.1, 0.5, 0.4],
  [0.9, 0.9, 0.95, 1, 1.1, 1.2, 0.95],
  [1.4, 1.4, 1.4, 1.4, 1.4, 0, 0],
];
export const FIRST_DAY = "2024-03-04";

/** Everything that a simulated shop ever told, day by day. */
export interface ToldShop {
  readonly days: readonly string[];
  spend: SpendCell[];
  touches: { date: string; source: string; channel: string; touches: number }[];
  conversions: { date: string; conversionType: string; customerType: string; conversions: number; revenue: number }[];
  visitors: { date: string; one: number; two: number; four: number; eight: number; more: number }[];
}

/**
 * A shop that is well: channels with budgets of their own noise, steps that people make, flights, and demand with weekdays, a season, a
 * promotion now and then and a quiet Christmas. Touches follow spend less than in proportion, conversions follow demand.
 */
export function healthyShop(seed: number, count: number): ToldShop {
  const random = new Random(seed, 40);
  const days = listDays(FIRST_DAY, shiftDay(FIRST_DAY, count - 1));
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const week = WEEKS[random.below(WEEKS.length)]!;
  const size = Math.exp(between(Math.log(2), Math.log(150)));
  const [swing, phase] = [between(0, 0.35), between(0, 365)];
  const promotions = new Set(days.filter(() => random.chance(0.006)));
  let wave = 0;
  const demand = days.map((day, i) => {
    wave = 0.9 * wave + 0.06 * random.normal();
    const isChristmas = /-12-2[4-6]/.test(day);
    const season = 1 + swing * Math.sin((2 * Math.PI * (i + phase)) / 365);
    const lift = [0, 1, 2].some((back) => promotions.has(days[i - back] ?? "")) ? 1.6 : 1;
    return week[i % 7]! * season * Math.exp(wave) * lift * (isChristmas ? 0.15 : 1);
  });
  const shop: ToldShop = { days, spend: [], touches: [], conversions: [], visitors: [] };
  const channels = Array.from({ length: 3 + random.below(5) }, (_, i) => ({
    channel: `Channel ${i}`,
    source: i % 2 === 0 ? "google" : "meta",
    level: Math.exp(between(Math.log(30), Math.log(600))),
    noise: between(0.05, 0.35),
    follows: between(0, 0.8),
    price: between(0.3, 3),
    flight: random.chance(0.15) ? 2 + random.below(3) : 0,
    state: 0,
    factor: 1,
  }));
  for (const [i, date] of days.entries()) {
    let touched = 0;
    for (const each of channels) {
      each.state = 0.8 * each.state + 0.6 * each.noise * random.normal();
      if (random.chance(0.008)) each.factor = between(0.7, 1.4);
      const isOn = each.flight === 0 || Math.floor(i / 7) % each.flight !== 0;
      const cost = isOn
        ? each.level * each.factor * Math.exp(each.state) * Math.max(0.2, demand[i]!) ** each.follows
        : 0;
      const touches = random.poisson(
        (each.level * (cost / each.level) ** 0.8 * Math.exp(0.05 * random.normal())) / each.price,
      );
      touched += touches;
      if (cost > 0) {
        const [clicks, impressions] = [Math.round(cost * 0.8), Math.round(cost * 40)];
        const [channel, source] = [each.channel, each.source];
        shop.spend.push({ date, source, channel, rows: 3, cost: Math.round(100 * cost) / 100, clicks, impressions });
      }
      if (touches > 0) shop.touches.push({ date, source: "pixel", channel: each.channel, touches });
    }
    const own = random.poisson(60 * size * Math.max(0.1, demand[i]!));
    shop.touches.push({ date, source: "pixel", channel: "Direct", touches: own });
    const visitors = Math.round(0.7 * (touched + own));
    const part = (share: number) => random.poisson(share * visitors);
    shop.visitors.push({ date, one: part(0.6), two: part(0.2), four: part(0.12), eight: part(0.06), more: part(0.02) });
    for (const [customerType, share] of [
      ["new", 0.6],
      ["returning", 0.4],
    ] as const) {
      const conversions = random.poisson(size * share * demand[i]!);
      const revenue = conversions * 60 * Math.exp(0.15 * random.normal());
      if (conversions > 0)
        shop.conversions.push({ date, conversionType: "purchase", customerType, conversions, revenue });
    }
  }
  return shop;
}

/** What the checks would be told on the morning of a day. */
export function watchedOn(shop: ToldShop, today: string, twice: Watched["twice"] = []): Watched {
  const to = shiftDay(today, -1);
  const from = shiftDay(to, -441);
  const within = <T extends { readonly date: string }>(rows: readonly T[]) =>
    rows.filter(({ date }) => date >= from && date <= to);
  const [spend, touches, conversions] = [within(shop.spend), within(shop.touches), within(shop.conversions)];
  const feed = (kind: string, source: string, rows: readonly { readonly date: string }[], end: string) => ({
    ...{ kind, source, firstDay: rows[0]?.date ?? from, lastDay: rows.at(-1)?.date ?? from, gaps: gapsOf(rows) },
    newestRowAt: `${kind === "spend" ? shiftDay(rows.at(-1)?.date ?? from, 1) : (rows.at(-1)?.date ?? from)}T${end}Z`,
  });
  return {
    ...{ now: new Date(`${today}T06:00:00Z`), today, days: listDays(from, to), currency: "EUR", simulated: false },
    feeds: [
      feed("touchpoints", "pixel", touches, "23:50:00.000"),
      feed("conversions", "shop", conversions, "22:00:00.000"),
      ...["google", "meta"]
        .map((source) => [source, spend.filter((row) => row.source === source)] as const)
        .filter(([, rows]) => rows.length > 0)
        .map(([source, rows]) => feed("spend", source, rows, "00:00:00.000")),
    ],
    ...{ spend, touches, conversions, visitors: within(shop.visitors), twice },
  };
}

/** Days between the rows without any. */
function gapsOf(rows: readonly { readonly date: string }[]): [string, string][] {
  const told = [...new Set(rows.map(({ date }) => date))];
  return told
    .slice(1)
    .flatMap((date, i): [string, string][] =>
      shiftDay(told[i]!, 1) === date ? [] : [[shiftDay(told[i]!, 1), shiftDay(date, -1)]],
    );
}

/** Rows that stand twice, as the question would find them. */
export function spendTwiceOf(rows: readonly SpendCell[], source: string, other: string, to: string): Watched["twice"] {
  const since = shiftDay(to, 1 - RECENT_DAYS);
  const told = rows.filter(({ date, cost }) => date >= since && date <= to && cost > 0);
  const cost = told.reduce((sum, row) => sum + row.cost, 0);
  if (told.length === 0) return [];
  const channels = [...new Set(told.map(({ channel }) => channel))];
  return [
    {
      ...{ source, other, rows: told.length, amounts: told.length, namesakes: told.length, cost: cost.toFixed(2) },
      ...{ firstDay: told[0]!.date, lastDay: told.at(-1)!.date, channels },
    },
  ];
}
