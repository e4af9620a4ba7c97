import { Random } from "../random.ts";
import type { CurveHistory, SpendHistory } from "./curve-history.ts";

interface HistoryOptions {
  readonly channel?: string;
  readonly campaign?: string | null;
  /** A day, on average. */
  readonly spend?: number;
  readonly variation?: number;
  readonly touchesPerUnit?: number;
  readonly revenuePerTouch?: number;
  readonly seed?: number;
}

const DAYS = 150;

/** Half of what it could deliver is delivered at three times the usual spend. */
export function spendHistory(options: HistoryOptions = {}): SpendHistory {
  const { channel = "Search", campaign = null, spend = 100, variation = 0.4 } = options;
  const { touchesPerUnit = 5, revenuePerTouch = 0.5, seed = 1 } = options;
  const random = new Random(seed);
  const daily = Float64Array.from({ length: DAYS }, () => spend * Math.exp(variation * random.normal()));
  const touches = daily.map((amount) => random.poisson((touchesPerUnit * amount) / (1 + amount / (3 * spend))));
  return { channel, campaign, spend: daily, touches, revenue: touches.map((count) => count * revenuePerTouch) };
}

export function curveHistory(spending: readonly SpendHistory[]): CurveHistory {
  const first = Date.parse("2025-03-01");
  return {
    days: Array.from({ length: DAYS }, (_, day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10)),
    demand: new Float64Array(DAYS).fill(1),
    meanOrderValue: 60,
    frequency: new Map([["Search", 0.3]]),
    ...{ spending, end: DAYS },
  };
}
