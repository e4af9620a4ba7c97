import type { RebalancingCheck } from "../../contract/index.ts";
import { checkOf } from "./words.ts";

/** What a fitted run says of its channels. */
export interface FittedRun {
  readonly totals: { readonly conversions: string };
  readonly channels: readonly {
    readonly channel: string;
    readonly conversions: string;
    readonly spend: string | null;
    readonly interval: { readonly low: number; readonly high: number } | null;
    readonly flags: readonly string[];
  }[];
}

/** With more than so much of the spend credited otherwise, the model is not steady enough. */
const MOST_OF_SPEND = 0.5;
/** Of all conversions: a channel of which less moved is not worth a word. */
const LEAST_JUMP = 0.03;
const NOT_IDENTIFIED = "not-identified";

/**
 * A channel whose share of the credit lies outside of what the last run thought possible, and whose share of then lies outside of what this one
 * does: the two models contradict each other. One that the data could tell the effect of and no longer can is told too.
 */
export function judgeModel(last: FittedRun, fitted: FittedRun): RebalancingCheck[] {
  const before = new Map(sharesOf(last).map((each) => [each.channel, each]));
  const now = sharesOf(fitted);
  const spend = now.reduce((sum, each) => sum + each.spend, 0);
  const jumped = now.filter((each) => {
    const was = before.get(each.channel);
    if (was === undefined || each.low === null || was.low === null) return false;
    const isOutside = each.share < was.low || each.share > was.high!;
    const wasOutside = was.share < each.low || was.share > each.high!;
    return isOutside && wasOutside && Math.abs(each.share - was.share) >= LEAST_JUMP;
  });
  const lost = now.filter(
    ({ channel, flags }) =>
      flags.includes(NOT_IDENTIFIED) &&
      before.has(channel) &&
      !before.get(channel)!.flags.includes(NOT_IDENTIFIED) &&
      !jumped.some((each) => each.channel === channel),
  );
  const share = spend > 0 ? jumped.reduce((sum, each) => sum + each.spend, 0) / spend : 0;
  const held = [
    ...jumped.map((each) => {
      const was = before.get(each.channel)!;
      return checkOf(
        "model-health",
        "held",
        {
          ...{ says: "jumped", before: was.share, after: each.share, low: each.low!, high: each.high! },
          ...{ lowBefore: was.low!, highBefore: was.high! },
        },
        each.channel,
      );
    }),
    ...lost.map(({ channel }) => checkOf("model-health", "held", { says: "unidentified" }, channel)),
  ];
  if (share > MOST_OF_SPEND)
    return [checkOf("model-health", "blocked", { says: "most", channels: jumped.length, share }), ...held];
  return held.length > 0 ? held : [checkOf("model-health", "passed", { says: "fine", channels: now.length })];
}

function sharesOf({ totals, channels }: FittedRun) {
  const all = Math.max(Number(totals.conversions), Number.MIN_VALUE);
  return channels.map(({ channel, conversions, spend, interval, flags }) => ({
    ...{ channel, flags, spend: Number(spend ?? 0), share: Number(conversions) / all },
    low: interval === null ? null : interval.low / all,
    high: interval === null ? null : interval.high / all,
  }));
}
