import type { ESTIMANDS } from "@touchline/server/contract";
import { parseAmount } from "../../format/parse-amount.ts";
import type { Language } from "../../i18n/language.ts";

/** What somebody has typed of a test. */
export interface TypedEntry {
  readonly experimentId: string;
  readonly channel: string;
  readonly method: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly spend: string;
  readonly incremental: string;
  readonly standardError: string;
  readonly conversionType: string;
  readonly estimand: (typeof ESTIMANDS)[number];
}

export type TypedName = keyof TypedEntry;
type Reason = "missing" | "notANumber" | "negative" | "tooManyDecimals" | "tooLarge";

/** Fields that cannot be read, by name, and the figures of those that can. */
export interface ReadEntry {
  readonly problems: Partial<Record<TypedName, Reason>>;
  readonly spend: number;
  readonly incremental: number;
  readonly standardError: number;
}

const NEEDED = ["experimentId", "channel", "startDate", "endDate", "spend", "incremental", "standardError"] as const;
const SIGN = /^\s*[-−]/;

/** A test may well show that a channel costs sales: only its conversions may lie below 0. */
export function readEntry(typed: TypedEntry, language: Language): ReadEntry {
  const problems: Partial<Record<TypedName, Reason>> = {};
  const figure = (name: "spend" | "incremental" | "standardError", isSigned = false): number => {
    const isNegative = isSigned && SIGN.test(typed[name]);
    const parsed = parseAmount(isNegative ? typed[name].replace(SIGN, "") : typed[name], language);
    if (parsed.kind === "rejected") problems[name] = parsed.reason;
    if (parsed.kind !== "ok") return Number.NaN;
    return isNegative ? -parsed.value : parsed.value;
  };
  const figures = {
    spend: figure("spend"),
    incremental: figure("incremental", true),
    standardError: figure("standardError"),
  };
  for (const name of NEEDED) if (typed[name].trim() === "") problems[name] = "missing";
  return { problems, ...figures };
}
