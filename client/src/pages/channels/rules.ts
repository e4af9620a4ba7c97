import type { ChannelRules } from "@touchline/server/contract";
import type { Words } from "../../i18n/words.ts";

type Rule = ChannelRules[number];
type Condition = Rule["all"][number];

export function sayCondition(condition: Condition, { t }: Words): string {
  const part = t(`mapping.rules.parts.${condition.part}`);
  if ("is" in condition) {
    const texts = condition.is.map((text) => (text === "" ? t("mapping.rules.noText") : text)).join(", ");
    return t("mapping.rules.is", { part, texts });
  }
  if ("matches" in condition) return t("mapping.rules.matches", { part, text: condition.matches });
  if ("list" in condition) return t("mapping.rules.list", { part, list: t(`mapping.rules.lists.${condition.list}`) });
  return t(condition.empty ? "mapping.rules.empty" : "mapping.rules.filled", { part });
}

export function sayRule({ all }: Rule, words: Words): string {
  return all.map((condition) => sayCondition(condition, words)).join(words.t("mapping.rules.and"));
}

/** The rules with one of them a place further up or down. */
export function moved(rules: ChannelRules, from: number, by: -1 | 1): ChannelRules {
  const to = from + by;
  if (to < 0 || to >= rules.length) return rules;
  const next = [...rules];
  next[from] = rules[to]!;
  next[to] = rules[from]!;
  return next;
}

/**
 * A rule for a source and a medium, before all others: it says exactly those, so nothing else goes with it. A pair that such a rule has
 * already changes its channel.
 */
export function assigned(rules: ChannelRules, source: string, medium: string, channel: string): ChannelRules {
  const rule: Rule = {
    channel,
    all: [
      source === "" ? { part: "source", empty: true } : { part: "source", is: [source] },
      medium === "" ? { part: "medium", empty: true } : { part: "medium", is: [medium] },
    ],
  };
  const same = (other: Rule) => JSON.stringify(other.all) === JSON.stringify(rule.all);
  return [rule, ...rules.filter((other) => !same(other))];
}
