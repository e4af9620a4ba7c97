import type { KnownReturn } from "@touchline/solver";
import { countDays } from "../../../calendar-days.ts";
import type { FitScope } from "../fetch-statistics.ts";
import { partOf } from "../lift-tests.ts";

interface Experiment {
  readonly experimentId: string;
  readonly channel: string;
  readonly startDate: string;
  readonly endDate: string;
  readonly conversionType: string;
  readonly incrementalConversions: number;
  readonly standardError: number;
  readonly spend: string;
  readonly spendControl: string | null;
  readonly spendTest: string | null;
}

/** What a test measured is the return of the money that it moved: of all of the money it is not quite the same. */
const OTHER_MONEY = 0.1;
const MOST_DOUBT = 1.5;

/** The return that a channel's lift tests found on the fitted days, in logarithms; null where there is none. @param spend by day */
export function returnFoundByTests(
  channel: string,
  spend: Float64Array,
  { from, to, conversionTypes }: FitScope,
  experiments: readonly Experiment[],
): { readonly tested: KnownReturn | null; readonly tests: readonly string[] } {
  let precision = 0;
  let sum = 0;
  const tests: string[] = [];
  for (const test of experiments) {
    const { startDate, endDate, conversionType, incrementalConversions, standardError } = test;
    const isOfType = conversionType === "" || conversionTypes.length === 0 || conversionTypes.includes(conversionType);
    const isInside = startDate >= from && endDate <= to;
    if (test.channel !== channel || !isOfType || !isInside || !(standardError > 0)) continue;
    const spent = spend
      .subarray(countDays(from, startDate) - 1, countDays(from, endDate))
      .reduce((all, each) => all + each, 0);
    const money = spent > 0 ? spent * partOf(test, spent) : Number(test.spend);
    if (!(money > 0)) continue;
    // The logarithm of nothing is no number: a test that found nothing says that it is hardly more than its error.
    const effect = Math.max(incrementalConversions, 0.5 * standardError);
    const deviation = Math.min(MOST_DOUBT, Math.hypot(standardError / effect, OTHER_MONEY));
    precision += 1 / deviation ** 2;
    sum += Math.log(effect / money) / deviation ** 2;
    tests.push(test.experimentId);
  }
  if (precision === 0) return { tested: null, tests };
  return { tested: { logReturn: sum / precision, deviation: 1 / Math.sqrt(precision) }, tests };
}
