import { quoteText } from "../imports/expressions.ts";

/** Conditions under which a lift test contradicts itself, with what is said of it: what no data is needed to see. */
const CONTRADICTIONS = [
  ["end_date < start_date", "the test ends before it begins"],
  ["NOT isFinite(incremental_conversions)", "incremental_conversions is not a number"],
  [
    "NOT (isFinite(standard_error) AND standard_error > 0)",
    "standard_error is not above 0: a result without its uncertainty cannot be weighed",
  ],
  ["estimand NOT IN ('', 'total', 'marginal')", "estimand is neither total nor marginal"],
] as const;

/** Conditions and reasons in turn, as multiIf takes them, over the parsed columns of a row. */
export function impossibleExperiments(): string[] {
  return CONTRADICTIONS.flatMap(([condition, reason]) => [condition, quoteText(reason)]);
}
