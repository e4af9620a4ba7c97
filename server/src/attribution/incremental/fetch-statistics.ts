import {
  AFTERMATH_EDGES_DAYS,
  type ConversionRows,
  type IncrementalStatistics,
  type IntentStatistics,
  LAG_EDGES_DAYS,
  type ReachedPeople,
  SIZE_CLASSES,
  SIZE_EDGES,
} from "@touchline/solver";
import {
  incrementalConversions,
  incrementalMoments,
  incrementalPeople,
  incrementalTouchDays,
  incrementalTouchHours,
  incrementalVisitsBefore,
  PEOPLE_BUCKETS,
  soldRanges,
} from "@touchline/sql";
import { countDays } from "../../calendar-days.ts";
import type { Workspace } from "../../workspace.ts";
import { joinConversions, packConversions, sparse } from "./conversion-rows.ts";

const SECONDS_A_DAY = 86_400;

const inSeconds = (edges: readonly number[]): number[] => edges.map((days) => Math.round(days * SECONDS_A_DAY));
export const EARLIER_EDGES = inSeconds(LAG_EDGES_DAYS);
const LATER_EDGES = inSeconds(AFTERMATH_EDGES_DAYS);

/** The touches and conversions that the model is fitted on. */
export interface FitScope {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly channels: string[];
  readonly conversionTypes: string[];
  readonly customers: string;
}

/** Everything that the model sees but the people: who counts as reached depends on what these figures say of the channels. */
export async function fetchStatistics({ warehouse }: Workspace, scope: FitScope): Promise<IncrementalStatistics> {
  const days = countDays(scope.from, scope.to);
  const channels = scope.channels.length;
  const touchesByDay = new Float64Array(PEOPLE_BUCKETS * channels * days);
  for (const { bucket, channel, touches } of await warehouse.ask(incrementalTouchDays, scope)) {
    touchesByDay.set(touches, (bucket * channels + channel) * days);
  }
  const touchesByHour = new Float64Array(channels * 24);
  for (const { channel, touches } of await warehouse.ask(incrementalTouchHours, scope)) {
    touchesByHour.set(touches, channel * 24);
  }
  const conversions = await fetchConversions(warehouse, scope);
  return { channels: scope.channels, days, buckets: PEOPLE_BUCKETS, touchesByDay, touchesByHour, conversions };
}

/** Range by range, so that no more than one is here as objects. They come in the order of their days, and so stay in it. */
async function fetchConversions(warehouse: Workspace["warehouse"], scope: FitScope): Promise<ConversionRows> {
  const parts: ConversionRows[] = [];
  for (const range of await soldRanges(warehouse, scope)) {
    const edges = { earlierEdges: EARLIER_EDGES, laterEdges: LATER_EDGES };
    parts.push(packConversions(await warehouse.ask(incrementalConversions, { ...scope, ...range, ...edges })));
  }
  return joinConversions(parts);
}

/** Everybody who had a touch of the channels that reach people. */
export async function fetchPeople(
  { warehouse }: Workspace,
  { from, to, timeZone, channels }: FitScope,
  reaching: readonly number[],
): Promise<ReachedPeople> {
  const people = new Float64Array(PEOPLE_BUCKETS * SIZE_CLASSES);
  const touches = new Float64Array(PEOPLE_BUCKETS * channels.length);
  const scope = { from, to, timeZone, channels, reaching: [...reaching], sizeEdges: [...SIZE_EDGES] };
  for (const row of await warehouse.ask(incrementalPeople, scope)) {
    people[row.bucket * SIZE_CLASSES + row.sizeClass]! += row.people;
    row.touches.forEach((count, channel) => {
      touches[row.bucket * channels.length + channel]! += count;
    });
  }
  return { people, touches };
}

/** So many people are looked at for their intent, and so many moments of all of them together. */
const SAMPLED_PEOPLE = 30_000;
const SAMPLED_MOMENTS = 60_000;
const SKIPPED_DAYS = 30;

/** What people's past looks like around touches and at random moments. @param people how many were reached */
export async function fetchIntent(
  { warehouse }: Workspace,
  { from, to, timeZone, channels }: FitScope,
  { reaching, visits, people }: { reaching: readonly number[]; visits: readonly number[]; people: number },
): Promise<IntentStatistics | null> {
  const days = countDays(from, to);
  if (visits.length === 0 || people === 0) return null;
  const oneIn = Math.max(1, Math.floor(people / SAMPLED_PEOPLE));
  const skippedDays = Math.min(SKIPPED_DAYS, Math.floor(days / 5));
  const sample = { from, to, timeZone, channels, reaching: [...reaching], oneIn, skippedDays };
  const momentsEach = Math.min(500, Math.max(1, Math.ceil((SAMPLED_MOMENTS * oneIn) / people)));
  const before = await warehouse.ask(incrementalVisitsBefore, { ...sample, visits: [...visits] });
  const moments = await warehouse.ask(incrementalMoments, { ...sample, momentsEach, earlierEdges: EARLIER_EDGES });
  const byChannel = (amount: (row: (typeof before)[number]) => number): Float64Array => {
    const amounts = new Float64Array(channels.length);
    for (const row of before) amounts[row.channel] = amount(row);
    return amounts;
  };
  return {
    visits,
    touches: byChannel(({ touches }) => touches),
    visitsNear: byChannel(({ near }) => near),
    visitsFar: byChannel(({ far }) => far),
    moments: {
      hour: Uint8Array.from(moments, ({ hour }) => hour),
      before: sparse(
        moments.map(({ earlier }) => earlier),
        3,
      ),
    },
  };
}
