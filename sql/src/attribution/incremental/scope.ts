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

/** SQL of the touches that count, to stand behind WHERE. @param visitorId the column, where a join makes it ambiguous */
export const isCounted = (visitorId = "visitor_id") =>
  `workspace_id = {workspaceId:String} AND ${visitorId} != 0 AND ${isOfChannels} AND ${inDays("occurred_at")}`;

/**
 * SQL for touches under the person who had them, a table to read FROM: `person_id`, `occurred_at`, `channel` (its place) and what else
 * is asked for. A visitor that no link leads from is a person of its own; touches without an identifier are nobody's.
 * @param among a condition on `visitor_id`
 */
export const touchesOfPersons = (among = "1", more: Readonly<Record<string, string>> = {}) => {
  const names = Object.keys(more).map((name) => `, ${name}`);
  const columns = Object.entries(more).map(([name, sql]) => `, ${sql} AS ${name}`);
  return `(
      SELECT if(members.person_id = 0, visits.visitor_id, members.person_id) AS person_id, occurred_at, channel_place AS channel${names.join("")}
      FROM (
        SELECT visitor_id, occurred_at, ${CHANNEL_PLACE} AS channel_place${columns.join("")}
        FROM touchpoints
        WHERE workspace_id = {workspaceId:String} AND visitor_id != 0 AND ${among} AND ${isOfChannels} AND ${inDays("occurred_at")}
      ) AS visits
      LEFT JOIN ${MEMBERS} AS members ON visits.visitor_id = members.visitor_id)`;
};
