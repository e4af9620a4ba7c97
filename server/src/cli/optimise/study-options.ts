import { UserError } from "../../user-error.ts";
import { requireAmount } from "./plan-options.ts";

/** What is asked beyond the one best plan; text as typed. */
export interface StudyOptions {
  readonly frontier?: boolean;
  readonly whatIf?: string;
  readonly bestRoas?: string;
  readonly weeks?: number;
  readonly start?: string;
  /** Budgets of a frontier, spends of a what-if. */
  readonly at?: string;
}

export type Study =
  | { readonly kind: "plan" }
  | { readonly kind: "frontier"; readonly budgets?: number[] }
  | { readonly kind: "what-if"; readonly channel: string; readonly spends?: number[] }
  | { readonly kind: "best-roas"; readonly minSpend: number }
  | { readonly kind: "weeks"; readonly weeks: number; readonly start: string | null };

const MOST_POINTS = 60;

/** @throws UserError of wrong usage when two are asked for at once, or one of them wrongly */
export function readStudy({ frontier, whatIf, bestRoas, weeks, start, at }: StudyOptions): Study {
  const asked = [
    frontier === true ? "--frontier" : null,
    whatIf === undefined ? null : "--what-if",
    bestRoas === undefined ? null : "--best-roas",
    weeks === undefined ? null : "--weeks",
  ].filter((option) => option !== null);
  if (asked.length > 1) throw new UserError(`${asked.join(" and ")}: ask for one of them at a time`, { exitCode: 2 });
  if (at !== undefined && frontier !== true && whatIf === undefined)
    throw new UserError("--at: goes with --frontier (budgets) or --what-if (spends)", { exitCode: 2 });
  if (start !== undefined && weeks === undefined) throw new UserError("--start: goes with --weeks", { exitCode: 2 });
  const points = at === undefined ? undefined : requirePoints(at);
  if (frontier === true) return { kind: "frontier", ...(points === undefined ? {} : { budgets: points }) };
  if (whatIf !== undefined)
    return { kind: "what-if", channel: whatIf, ...(points === undefined ? {} : { spends: points }) };
  if (bestRoas !== undefined) {
    const minSpend = requireAmount(bestRoas, "--best-roas");
    if (minSpend === 0)
      throw new UserError("--best-roas: say the least that is to be spent, such as 10000", { exitCode: 2 });
    return { kind: "best-roas", minSpend };
  }
  return weeks === undefined ? { kind: "plan" } : { kind: "weeks", weeks, start: requireDay(start) };
}

function requirePoints(text: string): number[] {
  const points = text.split(",").map((one) => requireAmount(one, "--at"));
  if (points.length > MOST_POINTS)
    throw new UserError(`--at: ${points.length} amounts are too many; the most is ${MOST_POINTS}`, { exitCode: 2 });
  return points;
}

function requireDay(text: string | undefined): string | null {
  if (text === undefined) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!isDay) throw new UserError(`--start: "${text}" is not a day such as 2026-01-05`, { exitCode: 2 });
  return text;
}
