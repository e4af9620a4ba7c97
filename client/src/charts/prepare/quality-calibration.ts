import type { ModelScore } from "@touchline/server/contract";
import { plainText, strong, type Words } from "../../i18n/words.ts";
import { zeroBasedDomain } from "./axis.ts";
import { countCell, percentCell } from "./cells.ts";
import type { ChartModel, Readout, Tick } from "./chart-model.ts";
import { nameScore } from "./quality-name.ts";

export interface CalibrationPoint {
  readonly id: number;
  readonly foretold: number;
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

export interface CalibrationChart extends ChartModel {
  readonly sentence: string;
  readonly points: readonly CalibrationPoint[];
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
  readout(index: number): Readout;
}

/** Most journeys have small chances, so that the scale is one of square roots. */
const TICKS = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];
const Z_90 = 1.645;

/** 90 % interval of a part (Wilson's). */
function partInterval(part: number, count: number): { low: number; high: number } {
  const weight = Z_90 ** 2 / count;
  const middle = (part + weight / 2) / (1 + weight);
  const half = (Z_90 * Math.sqrt((part * (1 - part)) / count + weight / (4 * count))) / (1 + weight);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Of one model: what was foretold to each tenth of the journeys and what came. */
export function prepareCalibration(score: ModelScore, words: Words): CalibrationChart {
  const { t, format } = words;
  const bins = score.calibration;
  const points = bins.map(
    (bin, id): CalibrationPoint => ({
      ...{ id, foretold: bin.foretold, observed: bin.observed },
      ...partInterval(bin.observed, bin.journeys),
    }),
  );
  const print = (part: number) => format.percent(part, 1);
  const holds = points.filter(({ foretold, low, high }) => foretold >= low && foretold <= high);
  const furthest = points.reduce<CalibrationPoint | null>((most, point) => {
    const gap = (each: CalibrationPoint) => Math.abs(each.foretold - each.observed);
    return most === null || gap(point) > gap(most) ? point : most;
  }, null);
  const sentence =
    furthest === null
      ? t("chart.empty")
      : t("quality.calibrationSentence", {
          model: nameScore(score, words),
          holds: strong(format.count(holds.length)),
          all: format.count(points.length),
          foretold: print(furthest.foretold),
          observed: print(furthest.observed),
        });
  const rangeOf = (point: CalibrationPoint) => t("quality.range", { low: print(point.low), high: print(point.high) });
  return {
    ...{ sentence, points, label: plainText(sentence), caption: t("quality.calibrationCaption") },
    ticks: TICKS.map((value) => ({ value, label: format.percent(value, 0) })),
    domain: zeroBasedDomain(Math.min(1, Math.max(0, ...points.flatMap(({ foretold, high }) => [foretold, high])))),
    readout: (index) => {
      const [point, bin] = [points[index], bins[index]];
      if (point === undefined || bin === undefined) return { title: "", lines: [] };
      return {
        title: t("quality.range", { low: print(bin.from), high: print(bin.to) }),
        lines: [
          { label: t("quality.foretold"), value: print(point.foretold) },
          { label: t("quality.observed"), value: `${print(point.observed)} (${rangeOf(point)})` },
          { label: t("quality.journeys"), value: format.count(bin.journeys) },
        ],
      };
    },
    table: {
      columns: [
        { label: t("quality.tenth"), isNumeric: false },
        { label: t("quality.journeys"), isNumeric: true },
        { label: t("quality.foretold"), isNumeric: true },
        { label: t("quality.observed"), isNumeric: true },
        { label: t("quality.lowest", { level: format.percent(0.9, 0) }), isNumeric: true },
        { label: t("quality.highest", { level: format.percent(0.9, 0) }), isNumeric: true },
      ],
      rows: points.map((point, i) => ({
        id: String(i),
        cells: [
          ...[countCell(i + 1, words), countCell(bins[i]?.journeys ?? 0, words)],
          ...[point.foretold, point.observed, point.low, point.high].map((share) => percentCell(share, words)),
        ],
      })),
    },
  };
}
