import type { ExperimentEntry, ExperimentProblem } from "../contract/index.ts";

/** What the workspace knows that a test can be held against. */
export interface KnownFacts {
  readonly channels: readonly string[];
  /** Days with bookings; null where there are none at all. */
  readonly bookedDays: { readonly from: string; readonly to: string } | null;
  /** Conversions booked on the days of the test, of its type. */
  readonly booked: number;
  /** The workspace's day. */
  readonly today: string;
}

/** Every reason why a test cannot be what it claims, or cannot be held against the data. */
export function judgeExperiment(
  test: Pick<ExperimentEntry, "channel" | "startDate" | "endDate" | "incrementalConversions" | "standardError">,
  known: KnownFacts,
): ExperimentProblem[] {
  const { bookedDays, booked } = known;
  const isBackwards = test.endDate < test.startDate;
  const isCovered = bookedDays !== null && bookedDays.from <= test.startDate && test.endDate <= bookedDays.to;
  const problems: readonly (readonly [ExperimentProblem, boolean])[] = [
    ["ends-before-start", isBackwards],
    ["in-future", test.endDate > known.today],
    ["no-standard-error", !(Number.isFinite(test.standardError) && test.standardError > 0)],
    ["unknown-channel", !known.channels.includes(test.channel)],
    ["more-than-booked", isCovered && !isBackwards && test.incrementalConversions > booked],
    ["no-bookings", !isCovered],
  ];
  return problems.filter(([, holds]) => holds).map(([problem]) => problem);
}

/** Days outside of what is booked make a test less useful, not wrong: the bookings may still come. */
export function isImpossible(problem: ExperimentProblem): boolean {
  return problem !== "no-bookings";
}

/** One sentence a problem. */
export function explainProblem(
  problem: ExperimentProblem,
  test: Pick<ExperimentEntry, "channel" | "startDate" | "endDate" | "incrementalConversions" | "standardError">,
  { channels, booked, today }: Pick<KnownFacts, "channels" | "booked" | "today">,
): string {
  switch (problem) {
    case "ends-before-start":
      return `the test ends on ${test.endDate}, before it begins on ${test.startDate}`;
    case "in-future":
      return `the test ends on ${test.endDate}, after today (${today}): enter it when it is over`;
    case "no-standard-error":
      return `the standard error ${test.standardError} is not above 0: a result without its uncertainty cannot be weighed`;
    case "unknown-channel":
      return `no touch and no spend knows the channel "${test.channel}"; there are ${channels.slice(0, 12).join(", ") || "none yet"}`;
    case "more-than-booked":
      return `the test claims ${test.incrementalConversions.toLocaleString("en-US")} conversions, more than the ${booked.toLocaleString("en-US")} that are booked from ${test.startDate} to ${test.endDate}: look at its dates, its conversion type and its figure`;
    case "no-bookings":
      return `conversions are not booked on all days from ${test.startDate} to ${test.endDate}: the test cannot be held against them yet`;
  }
}
