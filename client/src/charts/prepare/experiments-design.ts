import type { GeoDesignAnswer } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { listNames, wordMetric } from "./experiments-names.ts";

type Design = GeoDesignAnswer["designs"][number];

export interface DesignRow {
  readonly id: string;
  readonly regions: readonly string[];
  readonly names: string;
  readonly share: string;
  readonly smallest: string;
  readonly falseAlarms: string;
  readonly fitError: string;
}

export interface DesignModel {
  readonly sentence: string;
  readonly facts: readonly string[];
  readonly caption: string;
  readonly rows: readonly DesignRow[];
}

/** What a panel holds, and what it leaves out. */
export function wordPanel({ regions, history, leftOut }: GeoDesignAnswer["panel"], { t, format }: Words): string {
  const all = t("experiments.panel", {
    regions: format.count(regions),
    range: format.range(history.from, history.to),
  });
  return leftOut > 0.005 ? `${all} ${t("experiments.leftOut", { share: format.percent(leftOut) })}` : all;
}

export function wordTimeBefore(timeBefore: Design["timeBefore"], { t, format }: Words): string {
  if (timeBefore === null) return t("experiments.timeBeforeNone");
  return t("experiments.timeBefore", {
    lift: format.percentChange(timeBefore.lift),
    p: format.count(timeBefore.pValue, 2),
  });
}

function wordCost(
  { spend, spendBasis, detectableCost }: Design,
  metric: GeoDesignAnswer["metric"],
  { t, format }: Words,
): string {
  if (spend === null) return t("experiments.designNoSpend");
  const spent = t(spendBasis === "by-share" ? "experiments.designCostShare" : "experiments.designCost", {
    spend: strong(format.money(spend)),
  });
  if (detectableCost === null) return spent;
  const reach =
    metric === "conversions"
      ? t("experiments.designReach", { cost: strong(format.money(detectableCost, 2)) })
      : t("experiments.designReachRevenue", { roas: strong(format.roas(1 / detectableCost)) });
  return `${spent} ${reach}`;
}

/** The best regions for a test first: in words, and beside the next best ones. */
export function prepareDesigns(answer: GeoDesignAnswer, words: Words): DesignModel {
  const { t, format } = words;
  const best = answer.designs[0]!;
  const days = format.days(answer.days);
  const regions = listNames(best.testRegions, words);
  const sentence =
    best.detectableLift === null
      ? t("experiments.designNothing", { regions: strong(regions), days })
      : t("experiments.designFound", {
          regions: strong(regions),
          days,
          lift: strong(format.percent(best.detectableLift)),
          incremental: wordMetric(best.detectableIncremental!, answer.metric, words),
        });
  return {
    sentence,
    facts: [
      wordCost(best, answer.metric, words),
      wordTimeBefore(best.timeBefore, words),
      wordPanel(answer.panel, words),
    ],
    caption: t("experiments.designCaption", { windows: format.count(best.windows) }),
    rows: answer.designs.map((design) => ({
      id: design.testRegions.join("|"),
      regions: design.testRegions,
      names: design.testRegions.join(", "),
      share: format.percent(design.share),
      smallest: design.detectableLift === null ? t("experiments.tooLarge") : format.percent(design.detectableLift),
      falseAlarms: format.percent(design.falseAlarms, 0),
      fitError: format.percent(design.fitError),
    })),
  };
}
