/** CSV files of a shop that sells and pays in three currencies, with refunds in each. */
export interface Trade {
  readonly rates: string;
  readonly touchpoints: string;
  readonly conversions: string;
  readonly adjustments: string;
  readonly spend: string;
}

const MONEY = ["EUR", "EUR", "USD", "GBP"] as const;
const CHANNELS = ["Search", "Social", "Display", "Newsletter"] as const;
const DAY_MS = 86_400_000;

/** Numbers of [0, 1) that look drawn and are always the same. */
function drawn(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** @param orders conversions over all days; about one in twelve is given back, some of them in another currency than they were paid in */
export function tradeInThreeCurrencies(first: string, days: number, orders: number, seed = 7, mark = ""): Trade {
  const next = drawn(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const start = Date.parse(`${first}T00:00:00Z`);
  const dayAt = (day: number) => new Date(start + day * DAY_MS).toISOString().slice(0, 10);
  const money = (least: number, most: number) => (least + next() * (most - least)).toFixed(2);
  const rates = ["date,base,currency,rate"];
  const spend = ["date,channel,campaign,cost,currency,clicks"];
  for (let day = 0; day < days; day++) {
    rates.push(`${dayAt(day)},EUR,USD,${(1.05 + next() / 10).toFixed(5)}`);
    rates.push(`${dayAt(day)},EUR,GBP,${(0.83 + next() / 20).toFixed(5)}`);
    for (const [i, channel] of CHANNELS.entries())
      if (channel !== "Newsletter")
        spend.push(`${dayAt(day)},${channel},${channel} ${(day % 2) + 1},${money(20, 90)},${MONEY[i + 1]},40`);
  }
  const touchpoints = ["event_id,occurred_at,visitor_id,channel,campaign,interaction"];
  const conversions = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,margin"];
  const adjustments = ["adjustment_id,adjusts_conversion_id,amount,currency,occurred_at"];
  for (let order = 0; order < orders; order++) {
    const at = start + Math.floor(next() * days * DAY_MS);
    const visitor = `v${mark}${Math.floor(next() * orders * 1.5)}`;
    for (let touch = Math.floor(next() * 3); touch > 0; touch--) {
      const channel = pick(CHANNELS);
      const before = new Date(Math.max(start, at - Math.floor(next() * 10 * DAY_MS))).toISOString();
      touchpoints.push(`t${mark}${order}-${touch},${before},${visitor},${channel},${channel} ${1 + (order % 2)},click`);
    }
    const [revenue, currency] = [money(5, 250), pick(MONEY)];
    const type = order % 5 === 0 ? "subscription" : "purchase";
    const margin = (Number(revenue) * 0.4).toFixed(2);
    conversions.push(
      `c${mark}${order},${new Date(at).toISOString()},${visitor},${type},${revenue},${currency},${margin}`,
    );
    if (next() < 1 / 12)
      adjustments.push(
        `a${mark}${order},c${mark}${order},-${(Number(revenue) * (0.3 + next() * 0.7)).toFixed(2)},${currency},${new Date(at).toISOString()}`,
      );
  }
  const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  return {
    ...{ rates: text(rates), touchpoints: text(touchpoints), conversions: text(conversions) },
    ...{ adjustments: text(adjustments), spend: text(spend) },
  };
}

/** Rates come first: rows in another currency need them. */
const TRADE_KINDS = ["rates", "spend", "conversions", "adjustments", "touchpoints"] as const;

export async function importTrade(
  world: { json(...argv: string[]): Promise<unknown>; file(name: string, content: string): string },
  workspace: string,
  trade: Partial<Trade>,
  name = "trade",
): Promise<void> {
  for (const kind of TRADE_KINDS) {
    const content = trade[kind];
    if (content !== undefined)
      await world.json("import", kind, world.file(`${name}-${kind}.csv`, content), "--workspace", workspace);
  }
}
