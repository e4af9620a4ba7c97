import type { Words } from "../../i18n/words.ts";

const MOST_NAMED = 4;

/** Names in a sentence: "A and B", or the first few and how many more. */
export function listNames(names: readonly string[], { t, format }: Words): string {
  if (names.length > MOST_NAMED) {
    const first = names.slice(0, MOST_NAMED - 1).join(", ");
    return t("experiments.more", { first, figure: format.count(names.length - MOST_NAMED + 1) });
  }
  if (names.length < 2) return names.join("");
  return t("experiments.and", { first: names.slice(0, -1).join(", "), last: names.at(-1)! });
}

/** A figure of the metric with its unit: money, or a count of conversions. */
export function wordMetric(value: number, metric: "conversions" | "revenue", { t, format }: Words): string {
  if (metric === "revenue") return format.money(value);
  return t("experiments.conversionsOf", { figure: format.count(value, Math.abs(value) < 10 ? 1 : 0) });
}
