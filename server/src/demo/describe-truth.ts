import { type Budgets, CAMPAIGNS } from "./budgets.ts";
import type { Ledger } from "./ledger.ts";
import type { BrandDemand } from "./market.ts";
import { CHANNELS, type ChannelName, CURRENCY, MARKETING, MEAN_ORDER_VALUE, TIME_ZONE } from "./shop.ts";
import { type ChannelTruth, EXPLANATION, type ShopTruth } from "./truth.ts";

interface ShopRun {
  seed: number;
  people: number;
  /** The days of the files. */
  dates: string[];
  /** How many of them count as recent: 28, or all of a shorter shop. */
  recentDays: number;
  budgets: Budgets;
  scale: number;
  brandDemand: BrandDemand;
  year: Ledger;
  recent: Ledger;
}

/** What truth.json says of a run. Delivery is that of a shop of this size: caps and halves are scaled. */
export function describeTruth(run: ShopRun): ShopTruth {
  const { year, recent } = run;
  return {
    explanation: [...EXPLANATION],
    seed: run.seed,
    people: run.people,
    firstDay: run.dates[0]!,
    lastDay: run.dates.at(-1)!,
    days: run.dates.length,
    timeZone: TIME_ZONE,
    currency: CURRENCY,
    meanOrderValue: MEAN_ORDER_VALUE,
    booked: year.booked(),
    baselineYear: year.baseline(),
    baselineLast28Days: recent.baseline(),
    baselineYearByOrigin: { propensity: year.fromPropensity(), interest: year.fromInterest() },
    channels: CHANNELS.map((channel) => ({
      channel,
      ...curveOf(run, channel),
      spendToday: spendOfLast(run.budgets, channel, run.recentDays) / run.recentDays,
      spendYear: spendOfLast(run.budgets, channel, run.dates.length),
      incrementalYear: year.causedBy(channel),
      incrementalLast28Days: recent.causedBy(channel),
    })),
  };
}

function curveOf(
  { scale, brandDemand }: ShopRun,
  channel: ChannelName,
): Pick<ChannelTruth, "plannable" | "delivery" | "effect"> {
  if (channel === "Direct") {
    return {
      plannable: false,
      delivery: { cap: 0, half: 0, inMarketShare: 0 },
      effect: { conversionsPerTouch: 0, halfLifeDays: 0 },
    };
  }
  const { owned, delivery, effect } = MARKETING[channel];
  const { half, inMarketShare } = delivery;
  const searched = brandDemand.searches / brandDemand.seasonIndex / inMarketShare;
  const cap = channel === "Brand Search" ? searched : delivery.cap * scale;
  return { plannable: !owned, delivery: { cap, half: half * scale, inMarketShare }, effect: { ...effect } };
}

/** EUR that a channel spent on the last days. */
function spendOfLast(budgets: Budgets, channel: ChannelName, days: number): number {
  let cents = 0;
  CAMPAIGNS.forEach((campaign, at) => {
    if (campaign.channel !== channel) return;
    for (let day = budgets.days - days; day < budgets.days; day++) cents += budgets.cents[at * budgets.days + day]!;
  });
  return cents / 100;
}
