import { curveValue, meanOf, scaleCurve } from "@touchline/solver";
import { prepareFacts } from "./curve-facts.ts";
import type { CurveHistory, SpendHistory } from "./curve-history.ts";
import { type ChannelFacts, type ChannelOutcome, fitChannelCurve } from "./fit-channel-curve.ts";
import type { FittedChannel, FittedCurves } from "./fit-curves.ts";
import { curvePerPeriod } from "./revenue-curve.ts";

/** A campaign has a curve of its own from so many days with spend, and so many touches on, as many as four conversions a day take at 1 %. */
const FEWEST_DAYS = 42;
const FEWEST_TOUCHES = 2_000;
/** A campaign's touches are taken for as good as the channel's as if so many conversions had said so. */
const LIKE_THE_CHANNEL = 30;

/**
 * One fit for each campaign of the channels that have a curve. Where the volume allows, a campaign's own days tell what its spend
 * delivers; elsewhere it has the channel's curve, made smaller by its share of the channel's spend. What its touches bring leans
 * towards what the channel's do.
 * Law: the only campaign of a channel that is too small for a curve of its own has the channel's.
 */
export function fitCampaignCurves(history: CurveHistory, whole: FittedCurves): (() => ChannelOutcome)[] {
  const channels = new Map(whole.channels.map((channel) => [channel.channel, channel]));
  const facts = prepareFacts(history, () => ({ flags: [], creditDeviation: 0 }));
  return history.spending.flatMap((campaign, i) => {
    const channel = channels.get(campaign.channel);
    return channel === undefined ? [] : [() => fitCampaign(campaign, facts[i]!, channel, history.meanOrderValue)];
  });
}

function fitCampaign(
  campaign: SpendHistory,
  facts: ChannelFacts,
  channel: FittedChannel,
  meanOrderValue: number,
): ChannelOutcome {
  const { expected, revenue } = matureRevenue(campaign, facts, channel.delivery?.revenuePerTouch ?? 0);
  const like = LIKE_THE_CHANNEL * meanOrderValue;
  const ratio = expected > 0 && like > 0 ? (revenue + like) / (expected + like) : 1;
  const days = campaign.spend.filter((amount) => amount > 0).length;
  const touches = campaign.touches.reduce((sum, count) => sum + count, 0);
  if (channel.delivery === null || days < FEWEST_DAYS || touches < FEWEST_TOUCHES)
    return { kind: "fitted", channel: partOf(channel, campaign, facts, ratio) };
  const revenuePerTouch = channel.delivery.revenuePerTouch * ratio;
  const chance = 1 / Math.max(1, (revenue + like) / meanOrderValue);
  return fitChannelCurve(campaign, {
    ...facts,
    effect: { ...facts.effect, revenuePerTouch },
    creditDeviation: Math.sqrt(creditDeviationOf(channel) ** 2 + chance),
  });
}

/** Revenue of the campaign, and what it were if its touches brought what the channel's bring. */
function matureRevenue({ touches, revenue }: SpendHistory, { mature, season }: ChannelFacts, perTouch: number) {
  let expected = 0;
  let credited = 0;
  for (let day = 0; day < mature; day++) {
    expected += touches[day]! * season[day]! * perTouch;
    credited += revenue[day]!;
  }
  return { expected, revenue: credited };
}

/** How uncertain the credit of the channel is: what its draws say at today's spend. */
function creditDeviationOf({ draws, currentSpend }: FittedChannel): number {
  const values = draws.map((draw) => curveValue(draw, currentSpend));
  const mean = meanOf(values);
  if (!(mean > 0)) return 0;
  return Math.sqrt(values.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / values.length);
}

/** The channel's curve, made smaller: a campaign that has a third of the spend brings a third of what the channel brings. */
function partOf(
  channel: FittedChannel,
  { campaign, spend }: SpendHistory,
  { currentSpend }: ChannelFacts,
  ratio: number,
): FittedChannel {
  const share = channel.currentSpend > 0 ? currentSpend / channel.currentSpend : 0;
  const shrink = (curve: FittedChannel["curve"]) => scaleCurve(curvePerPeriod(curve, share), 1, 1 / ratio);
  const { delivery } = channel;
  return {
    ...{ ...channel, campaign, curve: shrink(channel.curve), draws: channel.draws.map(shrink), observed: [] },
    ...{ currentSpend, largestSpendSeen: spend.reduce((most, day) => Math.max(most, day), 0) },
    delivery:
      delivery === null
        ? null
        : {
            ...delivery,
            touchesAtCurrent: delivery.touchesAtCurrent * share,
            revenuePerTouch: delivery.revenuePerTouch * ratio,
          },
  };
}
