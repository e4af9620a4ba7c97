import type { PlanChanges, RecommendationChange } from "@touchline/server/contract";
import { unitName, type Words } from "../../i18n/words.ts";

/** Why one channel is recommended another spend than in the plan that was saved. */
function wordChange(change: RecommendationChange, words: Words): string {
  const { t, format } = words;
  const { channel, code, before, after, currentBefore, currentAfter, marginalBefore, marginalAfter } = change;
  const amount = (text: string | null) => (text === null ? "" : format.money(text));
  const figures = { channel, before: amount(before), after: amount(after) };
  if (code === "curve") {
    if (marginalBefore === null || marginalAfter === null) return t("scenarios.channelChange.curveBare", figures);
    const [was, is] = [format.money(marginalBefore, 2), format.money(marginalAfter, 2)];
    if (was === is) return t("scenarios.channelChange.curveBare", figures);
    const unit = unitName(words);
    return t("scenarios.channelChange.curve", { ...figures, unit, marginalBefore: was, marginalAfter: is });
  }
  return t(`scenarios.channelChange.${code}`, {
    ...figures,
    currentBefore: amount(currentBefore),
    currentAfter: amount(currentAfter),
  });
}

/** Channel by channel, the largest change first. */
export function wordChannelChanges(changes: PlanChanges, words: Words): { channel: string; text: string }[] {
  const size = ({ before, after }: RecommendationChange) => Math.abs(Number(after ?? 0) - Number(before ?? 0));
  return [...changes.channels]
    .sort((a, b) => size(b) - size(a))
    .map((change) => ({ channel: change.channel, text: wordChange(change, words) }));
}
