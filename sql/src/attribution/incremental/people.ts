import { z } from "zod";
import { CountText, question } from "../../question.ts";
import {
  bucketOf,
  CHANNEL_PLACE,
  CHANNELS,
  IncrementalScope,
  isCounted,
  PERSON,
  Reaching,
  SizeEdges,
  VISITS,
} from "./scope.ts";

/** SQL of the class of a person by how many reaching touches there were. */
export const sizeClassOf = (touches: string) =>
  `toInt16(arrayCount(edge -> edge <= ${touches}, {sizeEdges:Array(UInt32)})) - 1`;

/**
 * Persons with a touch that reaches, by part of the people and by how many such touches they had, and these touches by channel: one
 * number a channel, 0 for those that do not reach. Beyond a gigabyte of persons the engine puts them on disk meanwhile.
 */
export const incrementalPeople = question({
  name: "incremental-people",
  params: IncrementalScope.extend({ reaching: Reaching, sizeEdges: SizeEdges }),
  row: z.object({ bucket: z.number(), sizeClass: z.number(), people: CountText, touches: z.array(CountText) }),
  sql: `
    WITH toUInt16(65535) AS themselves
    SELECT bucket, size_class AS sizeClass, toString(sumIf(n, channel = themselves)) AS people,
      arrayMap(each -> toString(each), arrayResize(groupArrayInsertAtIf(n, channel, channel != themselves), ${CHANNELS})) AS touches
    FROM (
      SELECT bucket, size_class, channel, count() AS n
      FROM (
        WITH ${PERSON} AS person, ${CHANNEL_PLACE} AS place
        SELECT ${bucketOf("person")} AS bucket, ${sizeClassOf("count()")} AS size_class, arrayPushBack(groupArray(place), themselves) AS reached_by
        FROM ${VISITS}
        WHERE ${isCounted("visits.visitor_id")} AND place IN {reaching:Array(UInt16)}
        GROUP BY person)
      ARRAY JOIN reached_by AS channel
      GROUP BY bucket, size_class, channel)
    GROUP BY bucket, size_class
    ORDER BY bucket, size_class
    SETTINGS max_bytes_before_external_group_by = 1000000000`,
});
