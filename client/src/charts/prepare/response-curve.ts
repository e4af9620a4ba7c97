import type { ChannelCurve, Curves } from "@touchline/server/contract";
import { plainText, strong, unitName, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { zeroBasedDomain } from "./axis.ts";
import { figureCell, ratioCell } from "./cells.ts";
import type { ChartModel, Readout } from "./chart-model.ts";
import { wordFamilies, wordSource } from "./curve-source.ts";

export interface CurveDomains {
  readonly spend: readonly [number, number];
  readonly revenue: readonly [number, number];
  readonly marginal: readonly [number, number];
}

export interface ResponseCurve extends ChartModel {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly sentence: string;
  readonly todayText: string;
  readonly fitText: string;
  /** What the curve stands on, and the shapes that it is averaged over. */
  readonly sourceText: string;
  readonly familiesText: string | null;
  /** What a touch costs and brings; null where the curve does not stand on touches. */
  readonly deliveryText: string | null;
  readonly points: ChannelCurve["points"];
  readonly line: ChannelCurve["line"];
  readonly current: ChannelCurve["current"];
  /** Where the plan of the day would put it; null where it stays or nothing was planned. */
  readonly recommended: { readonly spend: number; readonly revenue: number; readonly text: string } | null;
  readonly largestSpendSeen: number;
  readonly flags: ChannelCurve["flags"];
  readonly domains: CurveDomains;
  readonly breakEven: string;
  readonly unit: string;
  readout(index: number): Readout;
}

/** Marginal returns near zero spend can be many times those that matter; the panel is cut where nothing is decided. */
const MARGINAL_HEADROOM = 2.2;
/** How far above the upper end of the band a single day may pull the scale: one freak day must not flatten the curve. */
const POINT_HEADROOM = 1.35;

export function curveDomains(curve: ChannelCurve): CurveDomains {
  const lastSpend = curve.line.at(-1)?.spend ?? curve.largestSpendSeen;
  const highestBand = Math.max(0, ...curve.line.map((point) => point.high));
  const highestPoint = Math.max(0, ...curve.points.map((point) => point.revenue));
  const highestMarginal = Math.max(1, ...curve.line.map((point) => point.marginal));
  return {
    spend: [0, Math.max(lastSpend, curve.largestSpendSeen, curve.current.spend) || 1],
    revenue: zeroBasedDomain(Math.max(highestBand, Math.min(highestPoint, highestBand * POINT_HEADROOM))),
    marginal: zeroBasedDomain(Math.min(highestMarginal, Math.max(1.5, curve.current.marginalRoas * MARGINAL_HEADROOM))),
  };
}

/** One scale that holds every channel. */
export function sharedDomains(curves: readonly ChannelCurve[]): CurveDomains {
  const all = curves.map(curveDomains);
  const widest = (part: keyof CurveDomains): readonly [number, number] => [
    0,
    Math.max(1e-9, ...all.map((domains) => domains[part][1])),
  ];
  return { spend: widest("spend"), revenue: widest("revenue"), marginal: widest("marginal") };
}

/** The price of a touch now and for what comes after it: where a channel gets dear before people tire of it. */
function wordDelivery(delivery: ChannelCurve["delivery"], { t, format }: Words): string | null {
  if (delivery === null) return null;
  return t("curves.delivery", {
    now: format.money(delivery.costPerTouch, 2),
    more: format.money(delivery.costPerTouchAtMore, 2),
    revenue: format.money(delivery.revenuePerTouch, 2),
  });
}

/** The fitted curve between two of its points. */
function revenueAt(line: ChannelCurve["line"], spend: number): number | null {
  const after = line.findIndex((point) => point.spend >= spend);
  const [low, high] = [line[after - 1], line[after]];
  if (high === undefined) return null;
  if (low === undefined || high.spend === low.spend) return high.revenue;
  return low.revenue + ((spend - low.spend) / (high.spend - low.spend)) * (high.revenue - low.revenue);
}

/** Below a hundredth of today's spend two marks would lie on each other. */
const SMALLEST_MOVE = 0.01;

function prepareRecommended(curve: ChannelCurve, spend: number | null, { t, format }: Words) {
  if (spend === null || Math.abs(spend - curve.current.spend) <= SMALLEST_MOVE * curve.current.spend) return null;
  const revenue = revenueAt(curve.line, spend);
  if (revenue === null) return null;
  const isNew = curve.current.spend === 0;
  const change = isNew ? t("curves.fromNothing") : format.percentChange(spend / curve.current.spend - 1);
  const text = t("curves.recommendedIs", { spend: format.money(spend), change });
  return { spend, revenue, text };
}

/**
 * A curve with its points, its band, today and what the next unit brings.
 * @param recommendedSpend of a day, by the plan that stands on the curves as they are
 */
export function prepareResponseCurve(
  curve: ChannelCurve,
  hue: HueSlot | undefined,
  domains: CurveDomains,
  words: Words,
  recommendedSpend: number | null = null,
): ResponseCurve {
  const { t, format } = words;
  const unit = unitName(words);
  const sentence = t("curves.next", { unit, value: strong(format.money(curve.current.marginalRoas, 2)) });
  const r2 = format.percent(Math.max(0, curve.r2), 0);
  return {
    channel: curve.channel,
    hue,
    sentence,
    todayText: t("curves.todayIs", {
      spend: format.money(curve.current.spend),
      revenue: format.money(curve.current.revenue),
    }),
    fitText: t("curves.fit", { r2 }),
    sourceText: wordSource(curve.source, curve.points.length, words),
    familiesText:
      curve.families.length === 0 ? null : t("curves.families", { list: wordFamilies(curve.families, words) }),
    deliveryText: wordDelivery(curve.delivery, words),
    label: t("curves.label", { channel: curve.channel, sentence: plainText(sentence), r2 }),
    caption: t("curves.caption", { largest: format.money(curve.largestSpendSeen) }),
    points: curve.points,
    line: curve.line,
    current: curve.current,
    recommended: prepareRecommended(curve, recommendedSpend, words),
    largestSpendSeen: curve.largestSpendSeen,
    flags: curve.flags,
    domains,
    breakEven: t("curves.breakEven"),
    unit,
    table: {
      columns: [
        { label: t("curves.axisSpend"), isNumeric: true },
        { label: t("curves.curve"), isNumeric: true },
        { label: t("curves.low"), isNumeric: true },
        { label: t("curves.high"), isNumeric: true },
        { label: t("curves.marginal"), isNumeric: true },
      ],
      rows: curve.line.map((point) => ({
        id: String(point.spend),
        cells: [
          ...[point.spend, point.revenue, point.low, point.high].map((amount) =>
            figureCell("money", amount, (value) => format.money(value)),
          ),
          ratioCell(point.marginal, words),
        ],
      })),
    },
    readout: (index) => {
      const point = curve.line[index] ?? { spend: 0, revenue: 0, low: 0, high: 0, marginal: 0 };
      const beyond = point.spend > curve.largestSpendSeen ? ` · ${t("curves.beyond")}` : "";
      return {
        title: `${t("words.spend")} ${format.money(point.spend)}${beyond}`,
        lines: [
          { label: t("words.creditedRevenue"), value: format.money(point.revenue), hue },
          { label: "90 %", value: `${format.money(point.low)} – ${format.money(point.high)}` },
          { label: t("curves.axisMarginal", { unit }), value: format.money(point.marginal, 2) },
        ],
      };
    },
  };
}

/** Dearest and cheapest next unit of money: the reason to move a budget, in one sentence. */
export function writeCurvesHeadline(curves: Curves, words: Words): string {
  const { t, format } = words;
  const ordered = [...curves.channels].sort((a, b) => b.current.marginalRoas - a.current.marginalRoas);
  const best = ordered[0];
  const worst = ordered.at(-1);
  if (best === undefined || worst === undefined) return t("curves.headlineNone");
  const figures = {
    unit: unitName(words),
    best: best.channel,
    bestValue: strong(format.money(best.current.marginalRoas, 2)),
  };
  if (ordered.length === 1) return t("curves.headlineOne", figures);
  return t("curves.headlineBoth", {
    ...figures,
    worst: worst.channel,
    worstValue: strong(format.money(worst.current.marginalRoas, 2)),
  });
}
