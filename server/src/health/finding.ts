import {
  type Fact,
  type Finding,
  HEALTH_ASIDES,
  HEALTH_RULES,
  type HealthRuleName,
  type Severity,
} from "../contract/index.ts";

export type Thresholds = Readonly<Record<string, number>>;

/** What a rule's threshold is in this workspace. */
export function thresholdOf(thresholds: Thresholds, name: HealthRuleName | keyof typeof HEALTH_ASIDES): number {
  const own = thresholds[name];
  if (own !== undefined) return own;
  return name in HEALTH_ASIDES
    ? HEALTH_ASIDES[name as keyof typeof HEALTH_ASIDES].threshold
    : HEALTH_RULES[name as HealthRuleName].threshold;
}

export interface Judged {
  /** In the unit of the rule. */
  readonly figure: number;
  readonly subject: Finding["subject"];
  readonly facts: Readonly<Record<string, Fact>>;
  /** Which of the rule's sentences; `found` where nothing is said. */
  readonly says?: string;
  /** Where it is not the rule's. */
  readonly severity?: Severity;
  readonly interval?: Finding["interval"];
}

/** More than these of one rule are the same news. */
const MOST_FINDINGS = 25;

/**
 * Holds figures against a rule's threshold. What lies beyond it is a finding, the farthest first; where nothing does, there is one
 * that says so, on the figure that came nearest.
 * @param fine what to say, and with which facts, where nothing lies beyond
 */
export function judge(
  rule: HealthRuleName,
  thresholds: Thresholds,
  candidates: readonly Judged[],
  fine: {
    readonly says?: string;
    readonly facts?: Readonly<Record<string, Fact>>;
    readonly interval?: Finding["interval"];
  } = {},
): Finding[] {
  const { severity, unit } = HEALTH_RULES[rule];
  const isFloor = "isFloor" in HEALTH_RULES[rule];
  const threshold = thresholdOf(thresholds, rule);
  const byDistance = [...candidates].sort((a, b) => (isFloor ? a.figure - b.figure : b.figure - a.figure));
  const beyond = byDistance.filter(({ figure }) => (isFloor ? figure < threshold : figure > threshold));
  const make = (judged: Omit<Judged, "figure"> & { figure: number | null }, level: Severity, says: string): Finding => {
    const facts = { threshold: inUnit(threshold, unit), ...judged.facts };
    const { interval } = judged;
    return {
      ...{ rule, severity: level, subject: judged.subject, figure: judged.figure, threshold, unit },
      ...(interval === undefined ? {} : { interval }),
      ...{ sentence: writeSentence(rule, says, facts), says, facts },
    };
  };
  if (beyond.length === 0) {
    const nearest = byDistance[0]?.figure ?? null;
    const { says = "fine", facts = {}, interval } = fine;
    return [make({ figure: nearest, subject: {}, facts, ...(interval === undefined ? {} : { interval }) }, "ok", says)];
  }
  return beyond
    .slice(0, MOST_FINDINGS)
    .map((judged) => make(judged, judged.severity ?? severity, judged.says ?? "found"));
}

function inUnit(threshold: number, unit: (typeof HEALTH_RULES)[HealthRuleName]["unit"]): Fact {
  if (unit === "%") return { percent: threshold };
  if (unit === "days") return { days: threshold };
  if (unit === "hours") return { hours: threshold };
  return { count: threshold };
}

/** The rule's sentence with its facts, in English. */
export function writeSentence(rule: HealthRuleName, says: string, facts: Readonly<Record<string, Fact>>): string {
  const sentences: Readonly<Record<string, string>> = HEALTH_RULES[rule].says;
  const template = sentences[says];
  if (template === undefined) throw new Error(`the rule ${rule} has no sentence ${says}`);
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const fact = facts[name];
    if (fact === undefined) throw new Error(`the rule ${rule} has no fact ${name} for its sentence ${says}`);
    return writeFact(fact);
  });
}

const NUMBER = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 1 });
const MONEY = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const LONGEST_IN_HOURS = 72;

const several = (count: number, unit: string) => `${NUMBER.format(count)} ${unit}${count === 1 ? "" : "s"}`;

function writeFact(fact: Fact): string {
  if ("count" in fact) return NUMBER.format(fact.count);
  if ("percent" in fact) return `${NUMBER.format(fact.percent)} %`;
  if ("days" in fact) return several(fact.days, "day");
  if ("hours" in fact) {
    return fact.hours > LONGEST_IN_HOURS ? several(Math.floor(fact.hours / 24), "day") : several(fact.hours, "hour");
  }
  if ("money" in fact) return MONEY.format(Number(fact.money));
  if ("day" in fact) return fact.day;
  if ("text" in fact) return fact.text;
  if ("source" in fact) return `${fact.source === "" ? "unnamed source" : fact.source} (${fact.kind})`;
  return fact.kind;
}

export function percentOf(part: number, all: number): number {
  return all === 0 ? 0 : (100 * part) / all;
}
