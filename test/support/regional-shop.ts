/** A shop in twelve regions that share a week and a slow swing, with a known lift in two of them on the last days. */
export interface RegionalShop {
  readonly days: number;
  readonly testDays: number;
  readonly tested: readonly string[];
  readonly lift: number;
  /** Conversions that the lift added. */
  readonly added: number;
  /** `date,region,value` */
  readonly panel: string;
  /** One row a conversion, as they are imported. */
  readonly conversions: string;
  /** Spend of the channel Radio by region on the days of the test, and of Search everywhere. */
  readonly spend: string;
  readonly dayOf: (index: number) => string;
}

const REGIONS = 12;

/** Park and Miller's generator: uniform in (0, 1). */
function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const dayOf = (index: number) => new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);

export function simulateRegionalShop(lift: number): RegionalShop {
  const [days, testDays] = [90, 14];
  const tested = ["region 3", "region 8"];
  const random = uniformFrom(7);
  const noise = () => random() + random() + random() + random() - 2;
  const panel = ["date,region,value"];
  const conversions = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency,region"];
  const spend = ["date,channel,campaign,cost,currency,region"];
  let added = 0;
  for (let day = 0; day < days; day++) {
    const common = 1 + 0.15 * Math.sin(day / 9) + 0.1 * Math.sin((2 * Math.PI * day) / 7) + 0.05 * noise();
    for (let region = 1; region <= REGIONS; region++) {
      const name = `region ${region}`;
      const isTested = tested.includes(name) && day >= days - testDays;
      const usual = Math.max(0, Math.round((10 + 2 * region) * common + 0.8 * Math.sqrt(10 + 2 * region) * noise()));
      const more = isTested ? Math.round(usual * lift) : 0;
      added += more;
      panel.push(`${dayOf(day)},${name},${usual + more}`);
      for (let i = 0; i < usual + more; i++)
        conversions.push(
          `${day}-${region}-${i},${dayOf(day)}T12:00:00Z,v${day}-${region}-${i},purchase,20,EUR,${name}`,
        );
      spend.push(`${dayOf(day)},Search,c,10,EUR,${name}`);
      if (isTested) spend.push(`${dayOf(day)},Radio,c,30,EUR,${name}`);
    }
  }
  const text = (lines: readonly string[]) => `${lines.join("\n")}\n`;
  return {
    days,
    testDays,
    tested,
    lift,
    added,
    dayOf,
    panel: text(panel),
    conversions: text(conversions),
    spend: text(spend),
  };
}
