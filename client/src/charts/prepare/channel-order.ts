import type { Overview } from "@touchline/server/contract";
import { roundToAddUp } from "../../format/decimal.ts";

/**
 * The channels of the overview, most credited first, with their revenue and that of the conversions without a touch rounded to
 * whole units of money that add up. Every card prints these, so that no figure differs by one between two cards.
 */
export function orderChannels(overview: Overview): {
  readonly channels: Overview["channels"];
  readonly revenues: readonly string[];
  readonly noTouchRevenue: string;
} {
  const channels = [...overview.channels].sort((a, b) => Number(b.revenue) - Number(a.revenue));
  const rounded = roundToAddUp([...channels.map((row) => row.revenue), overview.noTouch.revenue], 0);
  return { channels, revenues: rounded.slice(0, -1), noTouchRevenue: rounded.at(-1) ?? "0" };
}
