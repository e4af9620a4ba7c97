import type { TFunction } from "i18next";
import type { Words } from "../../i18n/words.ts";

/**
 * Limits, repairs and notes of a plan, and the reasons for a missing curve, come from the server as English sentences. The ones
 * known here are said again in the reader's language, with amounts in the workspace's currency.
 * Law: a sentence that is not known is shown as it came; none is lost.
 */

type Per = "day" | "week" | "month";

interface Rule {
  readonly pattern: RegExp;
  write(parts: readonly string[], words: Words): string;
}

/** The server groups thousands by comma and parts decimals by a point. */
function money(text: string | undefined, { format }: Words): string {
  const value = Number((text ?? "").replaceAll(",", ""));
  return format.money(value, Number.isInteger(value) ? 0 : 2);
}

function per(text: string | undefined, t: TFunction): string {
  const period: Per = text === "day" || text === "month" ? text : "week";
  return t(`planner.per.${period}`);
}

const LIMITS: readonly Rule[] = [
  {
    pattern: /^spend (exactly|at most) ([\d,.]+) a (day|week|month) in total$/,
    write: ([sense, value, period], words) =>
      words.t(sense === "exactly" ? "limit.totalExactly" : "limit.totalAtMost", {
        amount: money(value, words),
        per: per(period, words.t),
      }),
  },
  {
    pattern: /^(.+) at (least|most) ([\d,.]+) a (day|week|month)$/,
    write: ([name = "", sense, value, period], words) =>
      words.t(sense === "least" ? "limit.atLeast" : "limit.atMost", {
        name,
        amount: money(value, words),
        per: per(period, words.t),
      }),
  },
];

const REPAIR = /^(.+): change it to ([\d,.]+)$/;

const NOTES: readonly Rule[] = [
  {
    pattern: /^The best split found gains with a probability of only (\d+) %: today's split stays\.$/,
    write: ([share], { t, format }) => t("note.unconvincing", { share: format.percent(Number(share) / 100, 0) }),
  },
  {
    pattern: /^Today's split is already the best one within these limits\.$/,
    write: (_, { t }) => t("note.alreadyBest"),
  },
  {
    pattern: /^(.+): more than was ever spent on a day; the curve is extrapolated there\.$/,
    write: ([channels = ""], { t }) => t("note.extrapolated", { channels }),
  },
  {
    pattern: /^Only (\d+) days have spend; a curve needs at least (\d+)\.$/,
    write: ([days = "", needed = ""], { t }) => t("note.fewDays", { days, needed }),
  },
  {
    pattern: /^The days with spend brought no revenue\.$/,
    write: (_, { t }) => t("note.noRevenue"),
  },
  {
    pattern: /^Revenue fell where spend rose; no rising curve fits\.$/,
    write: (_, { t }) => t("note.falling"),
  },
];

function writeByRule(sentence: string, rules: readonly Rule[], words: Words): string | null {
  for (const rule of rules) {
    const match = rule.pattern.exec(sentence);
    if (match !== null) return rule.write(match.slice(1), words);
  }
  return null;
}

/** A limit of a plan: "spend at most 5,000 a week in total". */
export function wordLimit(sentence: string, words: Words): string {
  return writeByRule(sentence, LIMITS, words) ?? sentence;
}

/** True for the limit that every plan has. */
export function isTotalLimit(sentence: string): boolean {
  return /^spend (exactly|at most) .* in total$/.test(sentence);
}

/** The least change that helps: "spend at most 5,000 a week in total: change it to 6,200". */
export function wordRepair(sentence: string, words: Words): string {
  const match = REPAIR.exec(sentence);
  if (match === null) return sentence;
  return words.t("limit.repair", { limit: wordLimit(match[1] ?? "", words), amount: money(match[2], words) });
}

/** A note of a plan, or why a channel has no curve. */
export function wordNote(sentence: string, words: Words): string {
  return writeByRule(sentence, NOTES, words) ?? sentence;
}
