import type { DateRange, ModelComparison, ModelCredit, ModelName } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import type { HueSlot } from "../channel-colours.ts";
import { intervalOf, type Span } from "./channel-trust.ts";
import type { ChartModel } from "./chart-model.ts";
import {
  creditOf,
  listChannels,
  type Measure,
  printMeasure,
  REFERENCE_MODEL,
  roundCredits,
  roundShifts,
  sortModels,
} from "./credit-measure.ts";

export interface SlopeLine {
  readonly channel: string;
  readonly hue: HueSlot | undefined;
  /** One value a column, in the order of `columns`; null where a platform claims nothing. */
  readonly values: readonly (number | null)[];
  readonly printed: readonly string[];
  /** With all digits, for whoever takes them away. */
  readonly exact: readonly (string | null)[];
  /** What the last column moves in money against the reference, with its sign; null where it moves nothing. */
  readonly shift: { readonly text: string; readonly isUp: boolean } | null;
  /** Of the last column. */
  readonly interval: Span | null;
}

export interface SlopeColumn {
  readonly name: ModelName | "claims";
  readonly label: string;
  /** What no channel gets: its share of everything, and as it is printed. Null for what platforms claim. */
  readonly rest: { readonly share: number; readonly printed: string } | null;
}

export interface ModelSlopes extends ChartModel {
  readonly sentence: string;
  readonly columns: readonly SlopeColumn[];
  readonly lines: readonly SlopeLine[];
  readonly domain: readonly [number, number];
  /** How to read bars, hatches and signs; null where there are no intervals. */
  readonly guide: string | null;
  readonly hasBaseline: boolean;
}

/** Drawn beside the chosen model: what most reports say, what weighs whole paths, and what plans stand on. */
const DRAWN_MODELS: readonly ModelName[] = [REFERENCE_MODEL, "markov", "incremental"];
/** A line drawn is a line labelled: beyond this many the labels could not stand beside their ends. */
const MOST_LINES = 10;

/** The channel whose credit depends most on the model, with the two models that see it most differently. */
function writeSentence(lines: readonly SlopeLine[], columns: readonly SlopeColumn[], { t }: Words): string {
  const models = columns.flatMap(({ name }, index) => (name === "claims" ? [] : [index]));
  const spans = lines.map((line) => {
    const valueAt = (index: number) => line.values[index] ?? 0;
    const ordered = [...models].sort((a, b) => valueAt(a) - valueAt(b));
    const low = ordered[0] ?? 0;
    const high = ordered.at(-1) ?? 0;
    return { line, low, high, width: valueAt(high) - valueAt(low) };
  });
  const widest = spans.sort((a, b) => b.width - a.width)[0];
  if (widest === undefined || widest.width <= 0) return t("attribution.slopeSentenceOne");
  const { line, low, high } = widest;
  return t("attribution.slopeSentence", {
    channel: strong(line.channel),
    low: strong(line.printed[low] ?? ""),
    lowModel: columns[low]?.label ?? "",
    high: strong(line.printed[high] ?? ""),
    highModel: columns[high]?.label ?? "",
  });
}

/** Intervals may reach this much beyond the largest credit drawn; wider ones are cut there, or they would flatten everything else. */
const INTERVAL_REACH = 1.25;

/** Positions are read, not lengths, so the scale need not start at zero: it holds all values with a little air. */
function slopeDomain(lines: readonly SlopeLine[]): [number, number] {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const low = Math.min(...values, ...lines.map(({ interval }) => interval?.low ?? Number.POSITIVE_INFINITY));
  const largest = Math.max(...values, 0);
  const reached = lines.map(({ interval }) => Math.min(interval?.high ?? 0, largest * INTERVAL_REACH));
  const high = Math.max(largest, ...reached);
  if (!(high > low)) return [0, Math.max(high, 1)];
  return [Math.max(0, low - (high - low) * 0.06), high + (high - low) * 0.02];
}

function restOf(
  model: ModelCredit,
  printed: string,
  booked: number,
  measure: Measure,
  { format }: Words,
): SlopeColumn["rest"] {
  return {
    share: booked > 0 ? Math.max(0, Number(model.noTouch[measure])) / booked : 0,
    printed: printMeasure(printed, measure, format),
  };
}

/** What platforms claim of a channel; null where they claim nothing in this measure. */
function claimOf({ claims }: ModelComparison, channel: string, measure: Measure): string | null {
  return claims.find((claim) => claim.channel === channel)?.[measure] ?? null;
}

/**
 * Credit of each channel from what platforms claim, where they do, to the model that plans stand on, and what no channel gets.
 * @param others what stands for all channels that were not chosen: a sum among single channels, so no line, but in the table
 */
export function prepareModelSlopes(
  comparison: ModelComparison,
  measure: Measure,
  chosen: ModelName,
  range: DateRange,
  hues: ReadonlyMap<string, HueSlot>,
  words: Words,
  others: string | null = null,
): ModelSlopes {
  const { t, format } = words;
  const models = sortModels(comparison.models).filter(({ model }) => model === chosen || DRAWN_MODELS.includes(model));
  const channels = listChannels(comparison.models, others);
  const rounded = models.map((model) => roundCredits(model, channels, measure));
  const measureUnit = measure === "revenue" ? ("money" as const) : ("count" as const);
  const booked = Number(comparison.booked[measure]);
  const hasClaims = channels.some((channel) => claimOf(comparison, channel, measure) !== null);
  const last = models.at(-1);
  const reference = models.find(({ model }) => model === REFERENCE_MODEL);
  const shifts =
    last === undefined || reference === undefined || last === reference ? [] : roundShifts(last, reference, channels);
  const columns: SlopeColumn[] = models.map((model, index) => ({
    name: model.model,
    label: t(`models.${model.model}`),
    rest: restOf(model, rounded[index]?.at(-1) ?? "0", booked, measure, words),
  }));
  if (hasClaims) columns.unshift({ name: "claims", label: t("attribution.claims"), rest: null });
  const lines = channels.map((channel, index): SlopeLine => {
    const claim = claimOf(comparison, channel, measure);
    const shift = shifts[index] ?? 0;
    const lastCredit = last?.channels.find((row) => row.channel === channel);
    return {
      channel,
      hue: hues.get(channel),
      exact: [...(hasClaims ? [claim] : []), ...models.map((model) => creditOf(model, channel)[measure])],
      values: [
        ...(hasClaims ? [claim === null ? null : Number(claim)] : []),
        ...models.map((model) => Number(creditOf(model, channel)[measure])),
      ],
      printed: [
        ...(hasClaims ? [claim === null ? "" : printMeasure(claim, measure, format)] : []),
        ...rounded.map((credits) => printMeasure(credits[index] ?? "0", measure, format)),
      ],
      shift: shift === 0 ? null : { text: format.moneyChange(shift), isUp: shift > 0 },
      interval: lastCredit === undefined ? null : intervalOf(lastCredit, measure, comparison.booked),
    };
  });
  const drawn = lines.filter(({ channel }) => channel !== others);
  const sentence = writeSentence(drawn, columns, words);
  const caption = t(measure === "revenue" ? "attribution.slopeCaptionRevenue" : "attribution.slopeCaptionConversions", {
    range: format.range(range.from, range.to),
  });
  const level = lines.find((line) => line.interval !== null)?.interval?.level;
  return {
    label: plainText(sentence),
    caption: hasClaims ? `${caption} ${t("attribution.claimsNote")}` : caption,
    sentence,
    columns,
    lines: drawn.slice(0, MOST_LINES),
    domain: slopeDomain(drawn),
    guide: level === undefined ? null : t("attribution.slopeGuide", { level: format.percent(level, 0) }),
    hasBaseline: last?.model === "incremental",
    table: {
      columns: [
        { label: t("words.channel"), isNumeric: false },
        ...columns.map(({ label }) => ({ label, isNumeric: true })),
      ],
      rows: [
        ...lines.map((line) => ({
          id: line.channel,
          cells: [
            line.channel,
            ...line.printed.map((text, index) => ({ text, value: line.exact[index] ?? null, unit: measureUnit })),
          ],
        })),
        {
          id: "no-touch",
          cells: [
            t("attribution.noTouchRow"),
            ...columns.map(({ name, rest }) => ({
              text: rest?.printed ?? "",
              value: models.find(({ model }) => model === name)?.noTouch[measure] ?? null,
              unit: measureUnit,
            })),
          ],
        },
      ],
    },
  };
}

/** From this width on, in pixels, all columns stand side by side. */
export const ALL_MODELS_WIDTH = 620;

const NARROW_MODELS: readonly string[] = [REFERENCE_MODEL, "incremental"] satisfies ModelName[];

/** Narrow screens show the reference and what plans stand on, so that labels keep their room. */
export function modelsForWidth(columns: readonly Pick<SlopeColumn, "name">[], width: number): number[] {
  const all = columns.map((_, index) => index);
  if (width >= ALL_MODELS_WIDTH) return all;
  const some = all.filter((index) => NARROW_MODELS.includes(columns[index]?.name ?? ""));
  return some.length >= 2 ? some : all.slice(-2);
}
