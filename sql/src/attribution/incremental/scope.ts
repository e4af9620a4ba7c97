import { z } from "zod";
import { MEMBERS } from "../../identities/members.ts";
import { DateText } from "../../question.ts";
import { inDays } from "../scope.ts";

/**
 * The touches that count, by days of the workspace's zone, and the channels that they are counted under: what comes back is a
 * channel's place in the list, from 0, and a day's place in the range.
 */
export const IncrementalScope = z.object({
  from: DateText,
  to: DateText,
  timeZone: z.string(),
  channels: z.array(z.string()),
});

/** With the booked conversions that count. */
export const IncrementalConversionScope = IncrementalScope.extend({
  /** None: conversions of every type. */
  conversionTypes: z.array(z.string()).default([]),
  /** A customer type, as in a journey's scope. All where it is empty. */
  customers: z.string().default(""),
});

/** Places of the channels whose touches make somebody reached. */
export const Reaching = z.array(z.number().int().min(0));

const isRising = (edges: readonly number[]) => edges.every((edge, i) => i === 0 || edge > edges[i - 1]!);
const Rising = z.array(z.number().int().min(0)).refine(isRising, "edges must rise");

/** Borders of the bins of a distance in time, in seconds; what is as far as the last one is in none. */
export const TimeEdges = Rising.refine((edges) => edges.length >= 2 && edges[0] === 0, "edges begin with 0");

/** The smallest number of touches of each class of persons. */
export const SizeEdges = Rising.refine((edges) => edges.length >= 1 && edges[0]! <= 1, "the first edge is at most 1");

export const CHANNELS = "length({channels:Array(String)})";
const PLACES = `arrayMap(place -> toUInt16(place), range(${CHANNELS}))`;

/** Days of the range, and the place of a moment's day in it. */
export const DAYS = "toUInt32(toDate({to:String}) - toDate({from:String}) + 1)";
export const dayOf = (moment: string) => `toUInt32(toDate(${moment}, {timeZone:String}) - toDate({from:String}))`;

/** The parts that people are dealt into. */
export const PEOPLE_BUCKETS = 64;
/** The part of the people that somebody belongs to, whichever device is seen. */
export const bucketOf = (person: string) => `toUInt8(cityHash64(${person}) % ${PEOPLE_BUCKETS})`;
export const BUCKET = bucketOf("person_id");

export const isOfChannels = "channel IN {channels:Array(String)}";
export const CHANNEL_PLACE = `transform(channel, {channels:Array(String)}, ${PLACES}, toUInt16(65535))`;

/** SQL of how many touches reach. */
export const REACHED = `countIf(${CHANNEL_PLACE} IN {reaching:Array(UInt16)})`;

/** SQL of the touches that count, to stand behind WHERE. @param visitorId the column, where a join makes it ambiguous */
export const isCounted = (visitorId = "visitor_id") =>
  `workspace_id = {workspaceId:String} AND ${visitorId} != 0 AND ${isOfChannels} AND ${inDays("occurred_at")}`;

/** SQL of who had a touch. A visitor that no link leads from is a person of its own; touches without an identifier are nobody's. */
export const PERSON = "if(members.person_id = 0, visits.visitor_id, members.person_id)";

/**
 * SQL of touches with who is who, to stand behind FROM: `visits` and `members`. On a cluster each shard is told who is who, which the
 * home node alone knows, so that what stands in the same query (WHERE, GROUP BY) is done where the touches are.
 */
export const VISITS = `touchpoints AS visits
      GLOBAL LEFT JOIN ${MEMBERS} AS members ON visits.visitor_id = members.visitor_id`;

/**
 * SQL for the touches of each person, a table to read FROM: `person_id` and what is gathered of them.
 * @param among a condition on `visits.visitor_id`, or on `PERSON`
 * @param gathered SQL of aggregates by name
 */
export const touchesByPerson = (among: string, gathered: Readonly<Record<string, string>>) => `(
      SELECT person AS person_id, ${Object.keys(gathered).join(", ")}
      FROM (
        SELECT ${PERSON} AS person, ${Object.entries(gathered)
          .map(([name, sql]) => `${sql} AS ${name}`)
          .join(", ")}
        FROM ${VISITS}
        WHERE ${isCounted("visits.visitor_id")} AND ${among}
        GROUP BY person))`;
