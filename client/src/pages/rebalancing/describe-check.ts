import { GUARD_NUMBERS, type GuardRule, type RebalancingCheck } from "@touchline/server/contract";
import { findText, type Words } from "../../i18n/words.ts";

type Kinds = Partial<Record<GuardRule, readonly string[]>>;

/** What is no plain count, by rule; names of their own mean the same everywhere. */
const MONEY: Kinds = {
  "spend-jumped": ["amount", "seen", "expected"],
  "channel-silent": ["daily"],
  "channel-change": ["from", "to"],
  "total-moved": ["gain", "gainWanted"],
  extrapolation: ["largest", "to"],
  "within-noise": ["low", "high", "gain"],
  exploration: ["from", "to"],
};
const SHARES: Kinds = {
  "spend-drift": ["before", "after"],
  "journey-drift": ["before", "after"],
  "conversion-drift": ["before", "after"],
  "model-health": ["before", "after", "low", "high", "lowBefore", "highBefore"],
  "channel-change": ["limit"],
  "total-moved": ["limit", "moved", "wanted"],
  "within-noise": ["probability", "limit", "level"],
  exploration: ["least", "varied"],
};
const ALWAYS_SHARES: readonly string[] = ["share", "byChance", "falseAlarm"];
const RATIOS: readonly string[] = ["index", "factor", "limit"];

/** Stands for a figure that a sentence asks for and the check does not have. */
const MISSING = "\u0000";
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

function printNumber(rule: GuardRule, name: string, value: string | number, timeZone: string, words: Words): string {
  const { format, t } = words;
  if (name === "source" || name === "other")
    return String(value) === "" ? words.t("rebalancing.unnamed") : String(value);
  if (name === "why") return findText(t, `rebalancing.why.${value}`) ?? String(value);
  if (typeof value === "string" && DAY.test(value)) return format.date(value);
  if (typeof value === "string" && MOMENT.test(value)) return format.moment(new Date(value), timeZone);
  if (MONEY[rule]?.includes(name) === true) return format.money(value);
  if (typeof value === "string") return value;
  if (SHARES[rule]?.includes(name) === true || ALWAYS_SHARES.includes(name)) return format.percent(value, 1);
  if (RATIOS.includes(name)) return format.roas(value);
  return format.count(Math.round(value));
}

export const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** What a check found, in the reader's language; the server's English where this page has no sentence for it. */
export function wordCheck(check: RebalancingCheck, timeZone: string, words: Words): string {
  const { rule, numbers } = check;
  const text = wordBy(`rebalancing.found.${rule}.${numbers.says}`, check, timeZone, words);
  if (text === null) return check.text;
  const kind = typeof numbers.kind === "string" ? findText(words.t, `rebalancing.kindOf.${numbers.kind}`) : null;
  return kind === null ? text : words.t("words.titled", { title: capitalised(kind), text });
}

/** The text of a key with the figures of a check; null where there is none, or it asks for what the check does not have. */
export function wordBy(
  key: string,
  { rule, numbers }: RebalancingCheck,
  timeZone: string,
  words: Words,
): string | null {
  if (findText(words.t, key) === null) return null;
  const missing = GUARD_NUMBERS[rule].map((name) => [name, MISSING]);
  const figures = Object.entries(numbers).map(
    ([name, value]) => [name, printNumber(rule, name, value, timeZone, words)] as const,
  );
  const text = (words.t as (key: string, figures: object) => string)(key, Object.fromEntries([...missing, ...figures]));
  return text.includes(MISSING) ? null : text;
}
