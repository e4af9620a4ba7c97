import type { Random } from "../../../server/src/random.ts";
import type { Budgets } from "./budgets.ts";
import { ROLES } from "./channel-pool.ts";
import { paysFor } from "./channel-setting.ts";
import type { History } from "./history.ts";
import type { MarketSetting } from "./market-setting.ts";
import type { SimulatedMarket } from "./simulated-market.ts";

/**
 * One row a day, channel and campaign that cost or delivered anything.
 * @param randomOf where a row's figures are drawn from
 * @param clicks of channels seen by their clicks, as deliveredDaily
 */
export function prepareSpendRows(
  randomOf: (channel: number, campaign: number, day: number) => Random,
  setting: MarketSetting,
  budgets: Budgets,
  history: History,
  clicks: readonly (Float64Array | null)[],
): SimulatedMarket["spend"] {
  const rows: number[][] = [];
  setting.channels.forEach((channel, at) => {
    if (!paysFor(channel.role)) return;
    const isClicked = ROLES[channel.role].interaction === "click";
    for (let campaign = 0; campaign < channel.campaigns.length; campaign++) {
      for (let day = 0; day < setting.days; day++) {
        const place = campaign * setting.days + day;
        const delivered = history.deliveredDaily[at]![place]!;
        const cost = budgets.cents[at]![place]!;
        if (delivered === 0 && cost === 0) continue;
        const random = randomOf(at, campaign, day);
        const clicked = clicks[at]?.[place] ?? random.poisson(delivered * channel.clickRate);
        const shown = delivered + random.poisson(delivered * (1 / channel.clickRate - 1));
        rows.push([day, at, campaign, cost, isClicked ? shown : delivered, isClicked ? delivered : clicked]);
      }
    }
  });
  rows.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!);
  const column = (i: number) => rows.map((row) => row[i]!);
  return {
    day: Int32Array.from(column(0)),
    channel: Uint8Array.from(column(1)),
    campaign: Uint16Array.from(column(2)),
    costMinor: Int32Array.from(column(3)),
    impressions: Float64Array.from(column(4)),
    clicks: Float64Array.from(column(5)),
  };
}
