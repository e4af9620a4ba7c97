import { GUARD_NUMBERS, type GuardRule, type RebalancingCheck, type RebalancingRun } from "@touchline/server/contract";
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

const capitalised = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** What a check found, in the reader's language; the server's English where this page has no sentence for it. */
export function wordCheck(check: RebalancingCheck, timeZone: string, words: Words): string {
  const { rule, numbers } = check;
  const key = `rebalancing.found.${rule}.${numbers.says}`;
  if (findText(words.t, key) === null) return check.text;
  const names = Object.keys(numbers);
  const missing = GUARD_NUMBERS[rule].map((name) => [name, MISSING]);
  const figures = names.map((name) => [name, printNumber(rule, name, numbers[name] ?? "", timeZone, words)] as const);
  const text = (words.t as (key: string, figures: object) => string)(key, Object.fromEntries([...missing, ...figures]));
  if (text.includes(MISSING)) return check.text;
  const kind = typeof numbers.kind === "string" ? findText(words.t, `rebalancing.kindOf.${numbers.kind}`) : null;
  return kind === null ? text : words.t("words.titled", { title: capitalised(kind), text });
}

/** What would lift it; nothing where it passed. */
export function wordLift({ rule, outcome, lift }: RebalancingCheck, { t, format }: Words): string {
  if (outcome === "passed") return "";
  return format.language === "en" && lift !== "" ? lift : t(`rebalancing.lift.${rule}`);
}

/** What stopped the run, or changed the plan, before what passed. */
export function sortChecks(checks: readonly RebalancingCheck[]): RebalancingCheck[] {
  const order = ["blocked", "held", "trimmed", "passed"];
  return checks.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}

/** Of all checks, how many did what. */
export function summariseChecks(checks: readonly RebalancingCheck[], { t, format }: Words): string {
  const number = format.count(checks.length);
  const of = (...outcomes: readonly string[]) => checks.filter(({ outcome }) => outcomes.includes(outcome)).length;
  if (of("blocked") > 0) return t("rebalancing.checks.blocked", { blocked: format.count(of("blocked")), number });
  const touched = of("held", "trimmed");
  if (touched > 0) return t("rebalancing.checks.touched", { touched: format.count(touched), number });
  return t("rebalancing.checks.passed", { number });
}

/** How a run ended, by what stopped it where that is known; the server's English otherwise. */
export function wordOutcome(run: RebalancingRun, timeZone: string, words: Words): string {
  const found = run.checks.find(({ outcome, channel }) =>
    run.state === "blocked" ? outcome === "blocked" : run.state === "nothing" && channel === null && outcome === "held",
  );
  const state = capitalised(words.t(`rebalancing.stateOf.${run.state}`));
  const outcome = found === undefined ? run.outcome : wordCheck(found, timeZone, words);
  return outcome === "" ? state : words.t("rebalancing.runHeadline", { state, outcome });
}
