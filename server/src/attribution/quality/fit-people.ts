import {
  type CaptureSignature,
  type IncrementalFit,
  type IncrementalStatistics,
  type IntentStatistics,
  judgeDemandCapture,
  type ReachedPeople,
} from "@touchline/solver";
import type { Workspace } from "../../workspace.ts";
import type { KnownChannel } from "../incremental/channel-facts.ts";
import { type FitScope, fetchIntent, fetchPeople } from "../incremental/fetch-statistics.ts";
import { fitInThread } from "../incremental/fit-in-thread.ts";

/** Places of the channels that can have effects: neither own visits nor flagged as demand capture. */
export function reachingOf(channels: readonly KnownChannel[], signatures: readonly CaptureSignature[]): number[] {
  return channels.flatMap(({ isOwned }, i) => (isOwned || signatures[i]!.isFlagged ? [] : [i]));
}

/** What people's past looks like around touches; it knows of no conversion, so that everybody may be in it. */
export function intentOf(
  workspace: Workspace,
  scope: FitScope,
  reaching: readonly number[],
  { people }: ReachedPeople,
): Promise<IntentStatistics | null> {
  const visits = scope.channels.flatMap((_, i) => (reaching.includes(i) ? [] : [i]));
  return fetchIntent(workspace, scope, { reaching, visits, people: people.reduce((sum, each) => sum + each, 0) });
}

interface People {
  readonly statistics: IncrementalStatistics;
  readonly people: ReachedPeople;
  readonly intent: IntentStatistics | null;
}

/** The incremental model without lift tests: they move effects, and leave what people do anyway as it was. */
export async function fitUntested(
  people: People,
  channels: readonly KnownChannel[],
  signatures: readonly CaptureSignature[],
): Promise<IncrementalFit | null> {
  const isOwned = channels.map((channel) => channel.isOwned);
  const fit = await fitInThread({ ...people, signatures, isOwned, tests: [] });
  return fit !== null && isSound(fit) ? fit : null;
}

/** Effects that bring more than all that was bought: a fit on little went astray. */
const MOST_EXPLAINED = 1.5;

/** On few people a fit may end in nothing that is a number, or in effects that nobody saw: then there is none to judge. */
function isSound({ channels, conversions, stratumRates, rates }: IncrementalFit): boolean {
  const brought = channels.reduce((sum, channel) => sum + channel.conversions, 0);
  return [...stratumRates, ...rates].every(Number.isFinite) && brought <= MOST_EXPLAINED * conversions;
}

/** Fits the model on everything of a scope. */
export async function fitOnScope(
  workspace: Workspace,
  scope: FitScope,
  statistics: IncrementalStatistics,
  channels: readonly KnownChannel[],
): Promise<IncrementalFit | null> {
  const signatures = judgeDemandCapture(statistics, channels);
  const reaching = reachingOf(channels, signatures);
  if (reaching.length === 0 || statistics.conversions.day.length === 0) return null;
  const people = await fetchPeople(workspace, scope, reaching);
  const intent = await intentOf(workspace, scope, reaching, people);
  return fitUntested({ statistics, people, intent }, channels, signatures);
}
