import type { ChannelFlag, ChannelTrust, Credit } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";
import type { Measure } from "./credit-measure.ts";

/** A word about a channel, with its reason. */
export interface TrustFlag {
  readonly code: ChannelFlag;
  readonly name: string;
  readonly why: string;
  /** Something to beware of, rather than to know. */
  readonly isWarning: boolean;
  /** True where a lift test would settle it. */
  readonly isTestable: boolean;
}

/** What a model has to say against, or for, a channel's credit. */
export function wordFlags({ flags, coverage }: ChannelTrust, { t, format }: Words): TrustFlag[] {
  return flags.map((code) => ({
    code,
    name: t(`quality.finding.${code}`),
    why:
      code === "low-coverage"
        ? t("attribution.flagsWhy.low-coverage", { coverage: format.percent(coverage ?? 0, 0) })
        : t(`attribution.flagsWhy.${code}`),
    isWarning: code !== "owned" && code !== "calibrated",
    isTestable: code === "demand-capture" || code === "not-identified" || code === "low-coverage",
  }));
}

export interface Span {
  readonly level: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A model's interval of a channel in the measure that is shown: in money at the channel's own average order, or at that of the
 * shop where nothing is credited. Null where there is none, or where it holds nothing but zero.
 */
export function intervalOf(
  { interval, conversions, revenue }: ChannelTrust & Credit,
  measure: Measure,
  booked: Credit,
): Span | null {
  if (interval === null || !(interval.high > 0)) return null;
  const from = Number(conversions) > 0 ? { conversions, revenue } : booked;
  const scale = measure === "conversions" ? 1 : Number(from.revenue) / Number(from.conversions);
  return { level: interval.level, low: interval.low * scale, high: interval.high * scale };
}
