import type { GeoAnalysis, GeoCaution, GeoDesignAnswer } from "../contract/index.ts";
import { figure, percent, span } from "./experiments-words.ts";
import { drawTable, grouped } from "./io.ts";

type Design = GeoDesignAnswer["designs"][number];
type Panel = GeoDesignAnswer["panel"];

const METHOD_NAMES: Readonly<Record<GeoAnalysis["methods"][number]["method"], string>> = {
  "synthetic-control": "Synthetic control",
  "augmented-synthetic-control": "Augmented synthetic control",
  "difference-in-differences": "Difference-in-differences",
};

const CAUTIONS: Readonly<Record<GeoCaution, string>> = {
  "little-time-before":
    "The time before is shorter than twice the test: how the regions move together is not well known.",
  "few-controls": "Fewer than 5 regions are left to compare with.",
  "poor-fit": "The mix of the other regions misses the test regions by more than 15 % a day before the test.",
  "time-before-differs":
    "The same method finds an effect right before the test, where nothing was different: do not trust it before you know why.",
  "methods-differ": "The intervals of the methods do not overlap: look at the regions before you use either figure.",
};

function drawPanel({ regions, history, leftOut }: Panel): string {
  const left = leftOut > 0.005 ? ` ${percent(leftOut)} of the figures name no region and are left out.` : "";
  return `${regions} regions, ${history.from} to ${history.to}.${left}`;
}

function drawTimeBefore(timeBefore: Design["timeBefore"]): string {
  if (timeBefore === null) return "the time before is too short to pretend a test in it";
  const { lift, pValue } = timeBefore;
  return `a pretended test right before finds ${percent(lift)} (p = ${grouped(pValue, 2)})${pValue <= 0.1 ? ", which should be nothing" : ""}`;
}

const weighted = (regions: readonly { region: string; weight: number }[]) =>
  regions
    .slice(0, 8)
    .map(({ region, weight }) => `${region} ${percent(weight, 0)}`)
    .join(", ") + (regions.length > 8 ? `, and ${regions.length - 8} more` : "");

function drawCost({ spend, spendBasis, detectableCost }: Design, { currency, metric, days }: GeoDesignAnswer): string {
  if (spend === null) return "The channel has no spend on the last days: what the test would cost is not known.";
  const basis = spendBasis === "by-share" ? " (by their share of the figures: spend names no regions)" : "";
  const each =
    detectableCost === null
      ? ""
      : metric === "conversions"
        ? ` It is found if one conversion costs less than ${grouped(detectableCost, 2)} ${currency}.`
        : ` It is found if the return is above ${grouped(1 / detectableCost, 2)}.`;
  return `The channel spends ${grouped(spend)} ${currency} there in ${days} days${basis}.${each}`;
}

export function drawDesigns(answer: GeoDesignAnswer): string {
  const { designs, metric, days, channel, panel } = answer;
  const best = designs[0]!;
  const smallest =
    best.detectableLift === null
      ? "Even twice the figures would not be found there"
      : `The smallest effect that it finds 8 times in 10 is ${percent(best.detectableLift)}, or ${figure(best.detectableIncremental!)} ${metric === "revenue" ? answer.currency : metric}`;
  const table = drawTable(
    ["Test regions", "Share", "Smallest effect", "False alarms", "Missed a day", "Windows"],
    designs.map((design) => [
      design.testRegions.join(", "),
      percent(design.share),
      design.detectableLift === null ? "over 100 %" : percent(design.detectableLift),
      ...[percent(design.falseAlarms, 0), percent(design.fitError), String(design.windows)],
    ]),
  );
  return `Test ${channel} in ${best.testRegions.join(", ")} for ${days} days. ${smallest} (two-sided, 90 %).
${drawCost(best, answer)}
Compared with: ${weighted(best.controls)}.
Time before: ${drawTimeBefore(best.timeBefore)}.
${drawPanel(panel)}

${table}`;
}

export function drawAnalysis(analysis: GeoAnalysis): string {
  const { methods, metric, currency, testRegions, range, panel, timeBefore, cautions, spend, channel } = analysis;
  const [first] = methods as [GeoAnalysis["methods"][number]];
  const unit = metric === "revenue" ? currency : "conversions";
  const isFound = first.pValue <= 0.1;
  const headline = `${channel} brought ${figure(first.incremental)} ${unit} in ${testRegions.join(", ")} from ${range.from} to ${range.to} (90 %: ${span(first.incrementalInterval, figure)})${isFound ? "" : ": not told from nothing"}.`;
  const cost = (method: GeoAnalysis["methods"][number]) =>
    method.costPerIncremental !== null
      ? grouped(method.costPerIncremental, 2)
      : method.incrementalRoas !== null
        ? grouped(method.incrementalRoas, 2)
        : "-";
  const table = drawTable(
    [
      "Method",
      "Lift",
      "90 %",
      "Incremental",
      "90 %",
      "p",
      metric === "revenue" ? "Return" : `Cost of one (${currency})`,
      "By regions, 90 %",
      "Missed a day",
    ],
    methods.map((method) => [
      METHOD_NAMES[method.method],
      ...[percent(method.lift), span(method.liftInterval, (share) => percent(share))],
      ...[
        figure(method.incremental),
        span(method.incrementalInterval, figure),
        grouped(method.pValue, 3),
        cost(method),
      ],
      method.jackknifeInterval === null ? "-" : span(method.jackknifeInterval, (share) => percent(share)),
      percent(method.fitError),
    ]),
  );
  const spent =
    spend === null ? "What was spent there is not known: give --spend." : `Spend: ${grouped(spend)} ${currency}.`;
  const warnings = cautions.map((caution) => `Caution: ${CAUTIONS[caution]}\n`).join("");
  return `${headline}
${spent}
Compared with: ${weighted(first.weights)}.
Time before: ${drawTimeBefore(timeBefore)}.
${drawPanel(panel)}

${table}${warnings === "" ? "" : `\n${warnings}`}`;
}
