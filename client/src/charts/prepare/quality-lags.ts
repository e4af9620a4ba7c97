import type { ChannelQuality } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { countCell, figureCell } from "./cells.ts";
import type { ChartModel, Readout, Tick } from "./chart-model.ts";

export interface LagPoint {
  /** The place of the bin, from the longest time before the touch. */
  readonly id: number;
  readonly isBefore: boolean;
  /** Against the usual rate; null where no touch had such a day. */
  readonly ratio: number | null;
  readonly low: number;
  readonly high: number;
  readonly fitted: number | null;
}

export interface LagPanel {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  readonly sentence: string;
  readonly label: string;
  readonly points: readonly LagPoint[];
  readout(index: number): Readout;
}

export interface LagPanels extends ChartModel {
  readonly panels: readonly LagPanel[];
  /** Of the ratios, on a logarithmic scale. */
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  /** Names of edges between bins, by their place. */
  readonly edges: readonly Tick[];
  /** The edge at which the touch stands. */
  readonly touchAt: number;
  /** Channels of which nothing can be drawn, named; null where there is none. */
  readonly missing: string | null;
}

type Lag = ChannelQuality["lags"][number];

const LOWEST = 0.25;
const TICKS = [0.25, 1, 10, 100, 1000];
/** Edges that carry a name, in days. */
const NAMED_EDGES = new Set([-30, -7, -1, 0, 8 / 24, 3, 30]);
const SAME = 1e-6;

function nameDistance(days: number, { t, format }: Words): string {
  const size = Math.abs(days);
  if (size === 0) return format.count(0);
  return size < 1 - SAME
    ? t("quality.hours", { count: Math.round(size * 24) })
    : t("quality.days", { count: Math.round(size) });
}

function nameLag({ fromDays, toDays }: Lag, words: Words): string {
  const isBefore = toDays <= 0;
  const [near, far] = isBefore ? [toDays, fromDays] : [fromDays, toDays];
  return words.t(isBefore ? "quality.before" : "quality.after", {
    near: nameDistance(near, words),
    far: nameDistance(far, words),
  });
}

function printRatio(ratio: number | null, { t, format }: Words): string {
  return ratio === null ? "–" : t("quality.times", { ratio: format.count(ratio, ratio < 10 ? 1 : 0) });
}

function pointsOf(lags: readonly Lag[], usual: number): LagPoint[] {
  return lags.map((lag, id) => ({
    ...{ id, isBefore: lag.toDays <= 0, ratio: lag.rate === null ? null : lag.rate / usual },
    ...{ low: (lag.low ?? 0) / usual, high: (lag.high ?? 0) / usual },
    fitted: lag.fitted === null ? null : lag.fitted / usual,
  }));
}

/** The ratio of all bins between two distances together. */
function ratioBetween({ lags, usual }: ChannelQuality, from: number, to: number): number | null {
  let [pairs, time] = [0, 0];
  for (const { fromDays, toDays, rate, pairs: counted } of lags) {
    if (fromDays < from - SAME || toDays > to + SAME || rate === null || rate === 0) continue;
    pairs += counted;
    time += counted / rate;
  }
  return usual === null || time === 0 ? null : pairs / time / usual;
}

function panelOf(channel: ChannelQuality, usual: number, hue: HueSlot | undefined, words: Words): LagPanel {
  const { t, format } = words;
  const points = pointsOf(channel.lags, usual);
  const plain = (ratio: number | null) => (ratio === null ? "–" : format.count(ratio, ratio < 10 ? 1 : 0));
  const sentence = t("quality.panelPeak", {
    ratio: strong(plain(ratioBetween(channel, 0, 2 / 24))),
    before: strong(plain(ratioBetween(channel, -1, 0))),
  });
  return {
    ...{ channel: channel.channel, hue, sentence, points },
    label: t("quality.panelLabel", { channel: channel.channel, sentence: plainText(sentence) }),
    readout: (index) => {
      const [lag, point] = [channel.lags[index], points[index]];
      if (lag === undefined || point === undefined) return { title: "", lines: [] };
      return {
        title: nameLag(lag, words),
        lines: [
          { label: t("quality.ratio"), value: printRatio(point.ratio, words) },
          ...(point.fitted === null ? [] : [{ label: t("quality.fitted"), value: printRatio(point.fitted, words) }]),
          { label: t("quality.pairs"), value: format.count(lag.pairs) },
        ],
      };
    },
  };
}

/** Conversions before and after the touches of each channel, all on one scale. */
export function prepareLags(
  channels: readonly ChannelQuality[],
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
): LagPanels {
  const { t, format } = words;
  const drawn = channels.flatMap((channel) =>
    channel.usual === null
      ? []
      : [{ channel, panel: panelOf(channel, channel.usual, hues.get(channel.channel), words) }],
  );
  const missing = channels.filter(({ usual, touches }) => usual === null && touches > 0);
  const highest = Math.max(
    2,
    ...drawn.flatMap(({ panel }) => panel.points.map(({ ratio, fitted }) => Math.max(ratio ?? 0, fitted ?? 0))),
  );
  const lags = drawn[0]?.channel.lags ?? [];
  const edges = [...lags.map(({ fromDays }) => fromDays), ...lags.slice(-1).map(({ toDays }) => toDays)];
  return {
    panels: drawn.map(({ panel }) => panel),
    ...{ label: t("quality.lagsSentence"), caption: t("quality.lagsCaption") },
    domain: [LOWEST, 1.3 * highest],
    ticks: TICKS.filter((value) => value <= 1.3 * highest).map((value) => ({
      value,
      label: t("quality.times", { ratio: format.count(value, value < 1 ? 2 : 0) }),
    })),
    edges: edges.flatMap((days, value) =>
      [...NAMED_EDGES].some((named) => Math.abs(named - days) < SAME)
        ? [{ value, label: days === 0 ? t("quality.touch") : nameDistance(days, words) }]
        : [],
    ),
    touchAt: edges.indexOf(0),
    missing:
      missing.length === 0
        ? null
        : t("quality.lagsNone", { channels: missing.map(({ channel }) => channel).join(", ") }),
    table: {
      columns: [
        { label: t("words.channel"), isNumeric: false },
        { label: t("quality.distance"), isNumeric: false },
        { label: t("quality.pairs"), isNumeric: true },
        { label: t("quality.ratio"), isNumeric: true },
        { label: t("quality.fitted"), isNumeric: true },
      ],
      rows: drawn.flatMap(({ channel, panel }) =>
        channel.lags.map((lag, i) => ({
          id: `${channel.channel} ${i}`,
          cells: [
            ...[channel.channel, nameLag(lag, words), countCell(lag.pairs, words)],
            ...[panel.points[i]?.ratio, panel.points[i]?.fitted].map((ratio) =>
              figureCell("ratio", ratio, (value) => printRatio(Number(value), words)),
            ),
          ],
        })),
      ),
    },
  };
}
