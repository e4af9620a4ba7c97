import {
  effectAuc,
  type IncrementalFit,
  type IncrementalStatistics,
  judgeDemandCapture,
  peopleOfBuckets,
  scoreRates,
  statisticsOfBuckets,
} from "@touchline/solver";
import { timeDecayCredit } from "@touchline/sql";
import type { DateRange, HeldOutQuality, JourneyScores, RateScores } from "../../contract/index.ts";
import type { Workspace } from "../../workspace.ts";
import { fetchPeople } from "../incremental/fetch-statistics.ts";
import { scopeOf } from "../run-parameters.ts";
import { fetchStatistics as fetchJourneyStatistics } from "../statistics.ts";
import { fitUntested, intentOf, reachingOf } from "./fit-people.ts";
import { type QualityScope, qualityScope, qualityStatistics, rememberFor } from "./quality-scope.ts";
import { scoreInThread } from "./score-in-thread.ts";

/** Of 64 parts of the people, those that the incremental model is fitted on; the others are foretold. */
const TRAINING_BUCKETS = 48;
const FEW_HELD_OUT = 50;
/** Standard errors that a gain must be away from 0. */
const CLEARLY = 2;
/**
 * The same for "not one of a dozen models gains": the best of so many gains by chance more often than any one of them does. 1 % in
 * all, shared among twelve (Bonferroni).
 */
const CLEARLY_OF_MANY = 3.1;

/** Every model fitted on some visitors and held against what others did. */
export function judgeHeldOut(workspace: Workspace, range: DateRange): Promise<HeldOutQuality> {
  return rememberFor(workspace, "held-out", range, async () => {
    const scope = await qualityScope(workspace, range);
    const statistics = await qualityStatistics(workspace, scope);
    const { credit, score: rates } = await fitOnTraining(workspace, scope, statistics);
    const answer = await scoreOnJourneys(workspace, scope, credit);
    const journeys = "scores" in answer ? answer.scores : null;
    return {
      ...{ journeys, rates, warnings: warningsOf(journeys, rates) },
      journeysReason: "refused" in answer ? answer.refused : null,
    };
  });
}

interface Trained {
  /** What the model credits, as in the product; null where it cannot be fitted on a part of the people. */
  readonly credit: IncrementalFit | null;
  /** Of the fit whose base rates depend on nothing but how much people are touched: of others only that is known. */
  readonly score: RateScores | null;
}

async function fitOnTraining(
  workspace: Workspace,
  { channels, fit: scope }: QualityScope,
  all: IncrementalStatistics,
): Promise<Trained> {
  const statistics = statisticsOfBuckets(all, 0, TRAINING_BUCKETS);
  const signatures = judgeDemandCapture(statistics, channels);
  const reaching = reachingOf(channels, signatures);
  if (reaching.length === 0 || statistics.conversions.day.length === 0) return { credit: null, score: null };
  const everybody = await fetchPeople(workspace, scope, reaching);
  const train = { statistics, people: peopleOfBuckets(everybody, all.buckets, 0, TRAINING_BUCKETS) };
  const plain = await fitUntested({ ...train, intent: null }, channels, signatures);
  const intent = await intentOf(workspace, scope, reaching, everybody);
  const credit = intent === null ? plain : await fitUntested({ ...train, intent }, channels, signatures);
  const heldOut = {
    statistics: statisticsOfBuckets(all, TRAINING_BUCKETS, all.buckets),
    people: peopleOfBuckets(everybody, all.buckets, TRAINING_BUCKETS, all.buckets),
  };
  const score = plain === null ? null : scoreRates(train, heldOut, plain, reaching);
  if (plain === null || score === null) return { credit, score: null };
  const { conversions } = heldOut.statistics;
  return {
    credit,
    score: { ...score, effectAuc: intent === null ? null : effectAuc(plain, conversions, intent.moments.before) },
  };
}

async function scoreOnJourneys(
  workspace: Workspace,
  { parameters, timeZone }: QualityScope,
  fit: IncrementalFit | null,
): Promise<{ scores: JourneyScores } | { refused: string }> {
  const scope = scopeOf(parameters, timeZone);
  const { splitPaths } = await fetchJourneyStatistics(workspace, scope, new Set(["splitPaths"]));
  const decayed = await workspace.warehouse.ask(timeDecayCredit, {
    ...{ ...scope, part: "train", halfLifeDays: parameters.halfLifeDays },
  });
  const answer = await scoreInThread({
    ...splitPaths,
    timeDecay: Object.fromEntries(decayed.map(({ channel, conversions }) => [channel, conversions])),
    incremental:
      fit === null ? null : Object.fromEntries(fit.channels.map(({ channel, conversions }) => [channel, conversions])),
  });
  if ("failed" in answer) throw new Error(answer.failed);
  return answer;
}

function warningsOf(journeys: JourneyScores | null, rates: RateScores | null): HeldOutQuality["warnings"] {
  const warnings: HeldOutQuality["warnings"] = [];
  if (journeys !== null) {
    if (journeys.heldOut.conversions < FEW_HELD_OUT) warnings.push("few-held-out");
    if (journeys.models.every(({ gain, gainError }) => gain <= CLEARLY_OF_MANY * gainError)) warnings.push("no-signal");
  }
  if (rates !== null && rates.timingGain <= CLEARLY * rates.timingGainError) warnings.push("no-timing");
  return warnings;
}
