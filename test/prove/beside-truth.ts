import { findBestSplit } from "./best-split.ts";
import { isFlagged } from "./judge.ts";
import type { KnownMarket } from "./market/known-market.ts";
import { prepareWorth } from "./market/worth.ts";
import type { Attribution, Plan } from "./product.ts";
import type { ChannelResult, Result } from "./result.ts";

/**
 * What a model said of a market beside the truth. The best split that a plan is held against keeps today's spend of channels that
 * nobody can know of: demand capture, in truth or by its flag, unless a lift test speaks of the channel.
 * @param plan null where none was made by this model
 */
export function besideTruth(market: KnownMarket, attribution: Attribution, plan: Plan | null): Omit<Result, "seconds"> {
  const { kind, seed, size, conversions, touches } = market;
  const credited = new Map(attribution.channels.map((row) => [row.channel, row]));
  const today = market.channels.map((channel) => channel.today);
  const held = market.channels.map(({ name, isPaid, isDemandCapture, isTested }) => {
    const captures = isDemandCapture || isFlagged({ flags: credited.get(name)?.flags ?? [] });
    return !isPaid || (captures && !isTested);
  });
  const worth = prepareWorth(market.worthFacts);
  const best = plan === null ? null : findBestSplit({ worth, today, held });
  const recommended = new Map(plan?.allocation.map((row) => [row.channel, row.recommended]));
  // A channel that the plan does not name keeps what it has.
  const planned = market.channels.map(({ name }, i) => recommended.get(name) ?? today[i]!);
  const channels = market.channels.map(
    ({ name, isPaid, isOwned, isDemandCapture, isTested, incremental }, i): ChannelResult => {
      const row = credited.get(name);
      return {
        ...{ channel: name, isPaid, isOwned, isDemandCapture, isTested, truth: incremental, today: today[i]! },
        ...{ estimate: row?.conversions ?? null, interval: row?.interval ?? null, flags: row?.flags ?? [] },
        ...{ planned: plan === null ? null : planned[i]!, best: best?.[i] ?? null },
      };
    },
  );
  return {
    ...{ kind, seed, size, model: attribution.model, channels, conversions, touches },
    planStatus: plan?.status ?? null,
    worth: best === null ? null : { today: worth(today), planned: worth(planned), best: worth(best) },
  };
}
