import type { HeldOutQuality, JourneyScores, ModelScore, RateScores } from "@touchline/server/contract";
import { strong, type Words } from "../../i18n/words.ts";
import { bestScore, idOfScore, nameScore } from "./quality-name.ts";

export interface ScoreRow {
  readonly id: string;
  readonly label: string;
  readonly isBest: boolean;
  /** What stands under the name: that it foretells worse than one chance for all, and why where that is meant. */
  readonly note: string | null;
  /** The gain against the largest one, from 0 to 1. */
  readonly bar: number;
  readonly gain: string;
  readonly gainError: string;
  readonly auc: string;
  readonly logLikelihood: string;
}

export interface ScoreTable {
  readonly sentence: string;
  readonly rows: readonly ScoreRow[];
  readonly constant: string;
  readonly aucHint: string;
  readonly refused: readonly string[];
}

const THOUSANDTHS = 1000;
const AUC_DIGITS = 1;

/** The page's answer. */
export function writeQualityHeadline({ journeys, warnings }: HeldOutQuality, words: Words): string {
  const { t, format } = words;
  if (journeys === null) return t("quality.headlineNone");
  const best = bestScore(journeys.models);
  if (best?.auc == null || warnings.includes("no-signal")) return t("quality.headlineNoSignal");
  const auc = strong(format.percent(best.auc, AUC_DIGITS));
  return t("quality.headline", { model: strong(nameScore(best, words)), auc });
}

function describe(score: ModelScore, best: ModelScore | null, words: Words): ScoreRow {
  const { t, format } = words;
  return {
    ...{ id: idOfScore(score), label: nameScore(score, words), isBest: score === best },
    note: score.model === "incremental" ? t("quality.incrementalNote") : score.gain < 0 ? t("quality.worse") : null,
    bar: best === null ? 0 : Math.max(0, score.gain / best.gain),
    gain: format.amountChange(score.gain * THOUSANDTHS, 1),
    gainError: `± ${format.count(score.gainError * THOUSANDTHS, 1)}`,
    auc: score.auc === null ? "–" : format.percent(score.auc, AUC_DIGITS),
    logLikelihood: format.count(score.logLikelihood, 4),
  };
}

/** Every model on the journeys that none has seen, the best first. */
export function prepareScores(scores: JourneyScores, words: Words): ScoreTable {
  const { t, format } = words;
  const { heldOut, training, models, refused, constant, aucError } = scores;
  const best = bestScore(models);
  return {
    sentence: t("quality.heldOutSentence", {
      journeys: strong(format.count(heldOut.journeys)),
      conversions: strong(format.count(heldOut.conversions)),
      training: format.count(training.journeys),
    }),
    rows: [...models].sort((a, b) => b.gain - a.gain).map((score) => describe(score, best, words)),
    constant: format.count(constant, 4),
    aucHint: t("quality.aucHint", { error: format.percent(2 * aucError, AUC_DIGITS) }),
    refused: refused.map(({ model, reason }) => t("quality.refused", { model: t(`models.${model}`), reason })),
  };
}

export interface RatesText {
  readonly sentence: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

/** What the incremental model foretells by itself: when people convert. */
export function prepareRates(rates: RateScores, { t, format }: Words): RatesText {
  const print = (gain: number, error: number) => `${format.amountChange(gain, 3)} ± ${format.count(error, 3)}`;
  return {
    sentence: t("quality.ratesSentence", {
      expected: strong(format.count(rates.expected)),
      seen: strong(format.count(rates.conversions)),
    }),
    figures: [
      { label: t("quality.ratesGain"), value: print(rates.gain, rates.gainError) },
      { label: t("quality.ratesTiming"), value: print(rates.timingGain, rates.timingGainError) },
      ...(rates.effectAuc === null
        ? []
        : [{ label: t("quality.ratesAuc"), value: format.percent(rates.effectAuc, AUC_DIGITS) }]),
    ],
  };
}
