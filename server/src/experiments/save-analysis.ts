import type { ExperimentEntry, GeoAnalysis, GeoAnalysisMethod } from "../contract/index.ts";
import { UserError } from "../user-error.ts";

/** What a geo analysis says, as a lift test that can be entered. @throws UserError where it does not say enough */
export function entryOf(
  analysis: GeoAnalysis,
  given: { experimentId: string; method: GeoAnalysisMethod; conversionType: string },
): ExperimentEntry {
  const { metric, spend, channel, range } = analysis;
  if (metric !== "conversions") {
    throw new UserError("a lift test counts conversions: analyse with the metric conversions to save it");
  }
  if (spend === null) {
    throw new UserError("what the test spent is not known by region: say it with --spend AMOUNT to save the result");
  }
  const found = analysis.methods.find(({ method }) => method === given.method)!;
  return {
    ...{ experimentId: given.experimentId, channel, method: "geo", conversionType: given.conversionType },
    ...{ startDate: range.from, endDate: range.to, spend: String(spend) },
    incrementalConversions: found.incremental,
    standardError: found.standardError,
    ...{ spendControl: null, spendTest: null, estimand: "total" },
  };
}
