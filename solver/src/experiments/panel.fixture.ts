import type { RegionPanel } from "./panel.ts";

export interface SimulatedMarket {
  readonly regions: number;
  readonly days: number;
  /** Mean of a region of middle size, a day. */
  readonly size: number;
  /** Standard deviation of a region's own lasting shocks; 0: all regions move as one. */
  readonly ownShocks: number;
  /** How much more than Poisson's the daily noise is, relative to the mean. */
  readonly overdispersion: number;
}

/** As large, long and noisy as the walkthrough of a known geo package says of its data: made up here, with a known truth. */
export const FORTY_CITIES: SimulatedMarket = {
  regions: 40,
  days: 105,
  size: 3_000,
  ownShocks: 0.02,
  overdispersion: 0.03,
};

/** Mulberry32: uniform in [0, 1). */
export function uniformFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function normalFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Regions of log-normal size that share a week, a slow swing and daily shocks, each with its own share in the swing and its own lasting shocks. */
export function simulatePanel(market: SimulatedMarket, seed: number): RegionPanel {
  const random = uniformFrom(seed);
  const normal = normalFrom(random);
  const { regions, days, size, ownShocks, overdispersion } = market;
  const week = [1, 0.97, 0.98, 1, 1.06, 1.12, 0.9];
  const shocks = Float64Array.from({ length: days }, () => 0.03 * normal());
  const phase = 2 * Math.PI * random();
  const values = new Float64Array(regions * days);
  for (let region = 0; region < regions; region++) {
    const mean = size * Math.exp(0.6 * normal());
    const swing = ownShocks === 0 ? 0.1 : 0.1 * (0.6 + 0.8 * random());
    let own = ownShocks * normal();
    for (let day = 0; day < days; day++) {
      own = 0.5 * own + ownShocks * Math.sqrt(0.75) * normal();
      const common = shocks[day]! + swing * Math.sin(phase + (2 * Math.PI * day) / 60);
      const expected = mean * week[day % 7]! * Math.exp(common + own);
      const noise = Math.sqrt(expected + (overdispersion * expected) ** 2) * normal();
      values[region * days + day] = Math.max(0, Math.round(expected + noise));
    }
  }
  return { regions: Array.from({ length: regions }, (_, i) => `city ${i + 1}`), days, values };
}

/** The panel with a lift in some regions from a day on, and what was added. */
export function addLift(
  panel: RegionPanel,
  testRegions: readonly number[],
  firstDay: number,
  lift: number,
): { panel: RegionPanel; added: number } {
  const values = Float64Array.from(panel.values);
  let added = 0;
  for (const region of testRegions) {
    for (let day = firstDay; day < panel.days; day++) {
      const at = region * panel.days + day;
      const more = Math.round(values[at]! * (1 + lift)) - values[at]!;
      values[at]! += more;
      added += more;
    }
  }
  return { panel: { ...panel, values }, added };
}
