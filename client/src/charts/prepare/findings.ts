import type { Fact, Finding, HealthReport, Severity } from "@touchline/server/contract";
import { group } from "d3";
import { strong, type Words } from "../../i18n/words.ts";

/** One check with everything that it found. */
export interface CheckLine {
  readonly id: string;
  readonly severity: Severity;
  readonly severityWord: string;
  readonly title: string;
  readonly sentences: readonly string[];
  readonly remedy: string;
  readonly meaning: string;
}

export interface Findings {
  readonly headline: string;
  readonly sub: string;
  /** What asks for somebody, the most severe first. */
  readonly open: readonly CheckLine[];
  readonly fine: readonly CheckLine[];
}

/** A source and its kind in one phrase; files need not name a source. */
export function feedName(source: string, kind: keyof Kinds, { t }: Words): string {
  return t("data.feed", { source: source === "" ? t("data.unnamed") : source, kind: t(`data.kinds.${kind}`) });
}

type Kinds = Record<Exclude<Finding["subject"]["kind"], undefined>, string>;

function printFact(fact: Fact, words: Words): string {
  const { t, format } = words;
  if ("count" in fact) return format.count(fact.count);
  if ("percent" in fact) return format.percent(fact.percent / 100, Number.isInteger(fact.percent) ? 0 : 1);
  if ("days" in fact) return format.days(fact.days);
  if ("hours" in fact) return format.hours(fact.hours);
  if ("money" in fact) return format.money(fact.money, 2);
  if ("day" in fact) return format.date(fact.day);
  if ("text" in fact) return fact.text;
  if ("source" in fact) return feedName(fact.source, fact.kind, words);
  return t(`data.kinds.${fact.kind}`);
}

/** Which facts a sentence needs is known by the contract's table of rules, not by a type. */
type Write = (key: string, facts: Readonly<Record<string, string>>) => string;

/** What a finding says in the reader's language: the dictionary's type holds a sentence for every variant of the contract. */
export function writeFinding({ rule, says, facts }: Finding, words: Words): string {
  const write = words.t as unknown as Write;
  const printed = Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, printFact(fact, words)]));
  const sentence = write(`health.rules.${rule}.says.${says}`, printed);
  // The name of a source stays as it is spelled; a source without one begins its sentence like any word.
  const startsUnnamed = sentence.startsWith(words.t("data.unnamed"));
  return startsUnnamed ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence;
}

/** Findings of one rule and severity stand together, in the order in which they came. */
function prepareChecks(findings: readonly Finding[], words: Words): CheckLine[] {
  const { t } = words;
  return [...group(findings, ({ rule, severity }) => `${rule} ${severity}`)].flatMap(([id, found]) => {
    const [first] = found;
    if (first === undefined) return [];
    const { rule, severity } = first;
    return [
      {
        id,
        severity,
        severityWord: t(`data.severity.${severity}`),
        title: t(`health.rules.${rule}.title`),
        sentences: found.map((finding) => writeFinding(finding, words)),
        remedy: t(`health.rules.${rule}.remedy`),
        meaning: t(`health.rules.${rule}.meaning`),
      },
    ];
  });
}

/** The report in words. The headline counts checks, because one check may have found several things. */
export function prepareFindings({ findings, checkedAt }: HealthReport, now: Date, words: Words): Findings {
  const { t, format } = words;
  const rulesOf = (severity: Severity) =>
    new Set(findings.filter((finding) => finding.severity === severity).map(({ rule }) => rule));
  const rules = new Set(findings.map(({ rule }) => rule)).size;
  const act = rulesOf("act");
  const watch = [...rulesOf("watch")].filter((rule) => !act.has(rule)).length;
  const counts = {
    act: strong(format.count(act.size)),
    watch: strong(format.count(watch)),
    rules: format.count(rules),
  };
  const says = act.size > 0 ? "headlineAct" : watch > 0 ? "headlineWatch" : "headlineFine";
  return {
    headline: t(`data.${says}`, counts),
    sub: t("data.sub", { ago: format.ago(new Date(checkedAt), now) }),
    open: prepareChecks(
      findings.filter(({ severity }) => severity !== "ok"),
      words,
    ),
    fine: prepareChecks(
      findings.filter(({ severity }) => severity === "ok"),
      words,
    ),
  };
}
