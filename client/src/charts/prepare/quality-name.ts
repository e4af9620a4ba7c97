import type { ModelScore } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

/** A model as the page of quality calls it: each order of Markov is one of its own. */
export function nameScore({ model, order }: Pick<ModelScore, "model" | "order">, { t, format }: Words): string {
  const name = t(`models.${model}`);
  return order === null ? name : t("quality.order", { model: name, order: format.count(order) });
}

export function idOfScore({ model, order }: Pick<ModelScore, "model" | "order">): string {
  return order === null ? model : `${model}-${order}`;
}

/** The one that gains most; null where none gains anything. */
export function bestScore(scores: readonly ModelScore[]): ModelScore | null {
  return scores.reduce<ModelScore | null>((best, score) => (score.gain > (best?.gain ?? 0) ? score : best), null);
}
