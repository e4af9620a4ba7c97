import type { CurveFamilies, CurveSource } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** What a curve stands on, in one phrase. */
export function wordSource(source: CurveSource, days: number, { t, format }: Words): string {
  return t(`curves.source.${source}`, { days: format.count(days) });
}

/** A family that hardly counts is left out of the sentence. */
const LEAST_WEIGHT = 0.005;

/** "Hill 57%, exponential 25%, logarithm 18%": the shapes that a curve is averaged over, the heaviest first. */
export function wordFamilies(families: CurveFamilies, { t, format }: Words): string {
  return [...families]
    .filter(({ weight }) => weight >= LEAST_WEIGHT)
    .sort((a, b) => b.weight - a.weight)
    .map(({ family, weight }) =>
      t("curves.familyPart", { family: t(`curves.family.${family}`), share: format.percent(weight, 0) }),
    )
    .join(", ");
}
