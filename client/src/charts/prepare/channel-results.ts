import type { ModelName, Overview } from "@touchline/server/contract";
import { equalDecimals, roundToAddUp, sumDecimals } from "../../format/decimal.ts";
import { strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { orderChannels } from "./channel-order.ts";
import { intervalOf, type Span } from "./channel-trust.ts";

export interface ChannelResult {
  readonly id: string;
  readonly label: string;
  readonly hue: HueSlot | undefined;
  /** Printed figures; null where the channel has no spend rows. */
  readonly spend: string | null;
  readonly revenue: string;
  readonly share: string;
  readonly conversions: string;
  readonly roas: string | null;
  /** Of the ROAS, printed; null where the model gives none. */
  readonly roasInterval: string | null;
  /** Lengths in [0, 1] on one scale of money for both bars. */
  readonly spendBar: number | null;
  readonly revenueBar: number;
}

export interface ChannelResults {
  readonly sentence: string;
  readonly rows: readonly ChannelResult[];
  readonly noTouch: ChannelResult;
  readonly total: { spend: string; revenue: string; share: string; conversions: string; roas: string | null };
  readonly reconciles: boolean;
  readonly reconciliation: string;
  readonly hasUnknownSpend: boolean;
  /** Says what the intervals are; null where there are none. */
  readonly intervalNote: string | null;
}

const CONVERSION_DIGITS = 1;

function printRoasInterval(span: Span | null, spend: number, { t, format }: Words): string | null {
  if (span === null || !(spend > 0)) return null;
  return t("overview.roasInterval", { low: format.roas(span.low / spend), high: format.roas(span.high / spend) });
}

/** Who is credited with most; of the incremental model also what would have come anyway. */
function writeSentence(overview: Overview, model: ModelName, { t, format }: Words): string {
  const { channels, revenues, noTouchRevenue } = orderChannels(overview);
  const top = channels[0];
  if (top === undefined) return t("overview.channelsNone");
  const booked = Number(sumDecimals([...channels, overview.noTouch].map(({ revenue }) => revenue)));
  const shareOf = (revenue: string) => format.percent(booked === 0 ? 0 : Number(revenue) / booked);
  const figures = {
    channel: strong(top.channel),
    revenue: strong(format.money(revenues[0] ?? "0")),
    model: t(`models.${model}`),
  };
  if (model !== "incremental") return t("overview.channelsSentence", { ...figures, share: shareOf(top.revenue) });
  return t("overview.channelsSentenceBaseline", {
    ...figures,
    base: strong(format.money(noTouchRevenue)),
    share: shareOf(overview.noTouch.revenue),
  });
}

/**
 * Spend beside credited revenue, largest credit first, with the row of conversions that no touch preceded.
 * Law: the printed rows add up to the printed total, to the last digit shown.
 */
export function prepareChannelResults(
  overview: Overview,
  model: ModelName,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): ChannelResults {
  const { t, format } = words;
  const { channels, revenues, noTouchRevenue } = orderChannels(overview);
  const credited = [...channels, overview.noTouch];
  const revenueSum = sumDecimals(credited.map((row) => row.revenue));
  const conversions = roundToAddUp(
    credited.map((row) => row.conversions),
    CONVERSION_DIGITS,
  );
  const spends = roundToAddUp(
    channels.map((row) => row.spend ?? "0"),
    0,
  );
  const booked = Number(revenueSum);
  const shareOf = (revenue: string) => format.percent(booked === 0 ? 0 : Number(revenue) / booked);
  const longest = Math.max(
    ...credited.map((row) => Number(row.revenue)),
    ...channels.map((row) => Number(row.spend ?? 0)),
  );
  const barOf = (amount: string) => (longest > 0 ? Math.max(0, Number(amount)) / longest : 0);
  const rows = channels.map(
    (row, index): ChannelResult => ({
      id: row.channel,
      label: row.channel,
      hue: hues.get(row.channel),
      spend: row.spend === null ? null : format.amount(spends[index] ?? "0"),
      revenue: format.amount(revenues[index] ?? "0"),
      share: shareOf(row.revenue),
      conversions: format.count(conversions[index] ?? "0", CONVERSION_DIGITS),
      roas: row.roas === null ? null : format.roas(row.roas),
      roasInterval: printRoasInterval(intervalOf(row, "revenue", overview.totals), Number(row.spend ?? 0), words),
      spendBar: row.spend === null ? null : barOf(row.spend),
      revenueBar: barOf(row.revenue),
    }),
  );
  const isIncremental = model === "incremental";
  const level = channels.find(({ interval }) => interval !== null)?.interval?.level;
  const reconciles = equalDecimals(revenueSum, overview.totals.revenue);
  return {
    sentence: writeSentence(overview, model, words),
    rows,
    noTouch: {
      id: "no-touch",
      label: t(isIncremental ? "words.baseline" : "words.noTouch"),
      hue: undefined,
      spend: null,
      revenue: format.amount(noTouchRevenue),
      share: shareOf(overview.noTouch.revenue),
      conversions: format.count(conversions.at(-1) ?? "0", CONVERSION_DIGITS),
      roas: null,
      roasInterval: null,
      spendBar: null,
      revenueBar: barOf(overview.noTouch.revenue),
    },
    total: {
      spend: format.amount(sumDecimals(spends)),
      revenue: format.amount(sumDecimals([...revenues, noTouchRevenue])),
      share: format.percent(booked === 0 ? 0 : 1),
      conversions: format.count(sumDecimals(conversions), CONVERSION_DIGITS),
      roas: overview.totals.roas === null ? null : format.roas(overview.totals.roas),
    },
    reconciles,
    reconciliation: reconciles
      ? t(isIncremental ? "overview.channelsAddUpBaseline" : "overview.channelsAddUp", {
          booked: format.money(overview.totals.revenue, 2),
        })
      : t("overview.channelsOff", {
          sum: format.money(revenueSum, 2),
          booked: format.money(overview.totals.revenue, 2),
        }),
    hasUnknownSpend: channels.some((row) => row.spend === null),
    intervalNote: level === undefined ? null : t("overview.roasIntervalNote", { level: format.percent(level, 0) }),
  };
}
