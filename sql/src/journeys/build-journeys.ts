import { randomUUID } from "node:crypto";
import { z } from "zod";
import { bookedConversions } from "../conversions/booked.ts";
import { JOURNEY_BUILD_PREFIX } from "../passing-tables.ts";
import { question, statement } from "../question.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";

const Lookback = z.object({ lookbackDays: z.number().int().min(1).max(365) });

/*
 * What a journey is: a touch belongs to the next conversion of its person when that comes within the window, otherwise to an
 * unconverted journey. So each touch is in exactly one journey; a conversion ends a journey and the next touch begins another.
 * Unconverted touches further apart than the window are separate journeys. Conversions of one person at one moment share one
 * journey. A touch at the very moment of the conversion counts as before it. Touches of one moment stand in the order of their ids.
 * A visitor that no link leads from is a person of its own; what has no identifier (visitor 0) belongs to no journey.
 *
 * Three statements build them. Most visitors never convert and are linked to nobody: they need no look at conversions or persons,
 * and are read in the order in which they stand. All split arrays by comparing them with themselves moved by one place: a lambda
 * that looks at its own array by index copies that array for every element (measured on 10 million touches: 77 s and 8.4 GB in
 * place of 6 s and under 1 GB). The index is of no use to the first two, which want nearly every row, and the engine would sort the
 * set of ids for it (3 s of a million and a half).
 */

/** Every linked id with its person; the id that stands for the person is one of them. */
const MEMBERS = `(
      SELECT visitor_id, person_id FROM persons WHERE workspace_id = {workspaceId:String}
      UNION ALL
      SELECT DISTINCT person_id AS visitor_id, person_id FROM persons WHERE workspace_id = {workspaceId:String})`;
const LINKED = `(SELECT visitor_id FROM ${MEMBERS} AS members)`;

/** The booked conversions that somebody can be credited for, under the person. */
const PERSONS_CONVERSIONS = `(
      SELECT if(members.person_id = 0, booked.visitor_id, members.person_id) AS person_id, occurred_at, revenue
      FROM ${bookedConversions()} AS booked
      LEFT JOIN ${MEMBERS} AS members ON booked.visitor_id = members.visitor_id
      WHERE booked.visitor_id != 0)`;

/** Every id of whoever converted: of a person all of them, whichever it converted under. */
const CONVERTERS = `(
      SELECT person_id FROM ${PERSONS_CONVERSIONS} AS conversions
      UNION ALL
      SELECT visitor_id FROM ${MEMBERS} AS members WHERE person_id IN (SELECT person_id FROM ${PERSONS_CONVERSIONS} AS conversions))`;

const OF_WORKSPACE = "workspace_id = {workspaceId:String} AND visitor_id != 0";

const JOURNEY_COLUMNS =
  "workspace_id, lookback_days, ended_at, converted, visitor_id, conversions, revenue, touched_at, channels, campaigns";

/** Journeys of touches whose persons never converted: only path and end are kept, because nothing else of them is ever asked. */
const journeysWithoutConversion = (table: string, touches: string, key: "visitor_id" | "person_id") => `
    INSERT INTO ${table} (${JOURNEY_COLUMNS})
    WITH toIntervalDay({lookbackDays:UInt16}) AS lookback
    SELECT {workspaceId:String}, {lookbackDays:UInt16}, journey_at[-1], 0, 0, 0, 0, [], journey, []
    FROM (
      SELECT
        ${key},
        arraySort(groupArray((occurred_at, event_id, channel))) AS touches,
        touches.1 AS touched,
        arrayMap((at, before) -> at - lookback > before, touched, arrayPushFront(arrayPopBack(touched), touched[1])) AS begins,
        arraySplit((channel, first) -> first, touches.3, begins) AS journeys,
        arraySplit((at, first) -> first, touched, begins) AS journeys_at
      FROM ${touches}
      GROUP BY ${key}
    )
    ARRAY JOIN journeys AS journey, journeys_at AS journey_at
    SETTINGS optimize_aggregation_in_order = 1, use_index_for_in_with_subqueries = 0`;

const journeysOfUnlinkedVisitors = (table: string) =>
  journeysWithoutConversion(
    table,
    `touchpoints WHERE ${OF_WORKSPACE} AND visitor_id NOT IN (
        SELECT visitor_id FROM ${MEMBERS} AS members
        UNION ALL
        SELECT visitor_id FROM ${bookedConversions()} AS booked)`,
    "visitor_id",
  );

const journeysOfLinkedPersons = (table: string) =>
  journeysWithoutConversion(
    table,
    `(
        SELECT members.person_id AS person_id, occurred_at, event_id, channel
        FROM (
          SELECT visitor_id, occurred_at, event_id, channel
          FROM touchpoints
          WHERE ${OF_WORKSPACE} AND visitor_id IN ${LINKED} AND visitor_id NOT IN ${CONVERTERS}
        ) AS touch
        INNER JOIN ${MEMBERS} AS members ON touch.visitor_id = members.visitor_id
      )`,
    "person_id",
  );

/** Journeys of persons who converted at least once. Times and campaigns are kept of converted journeys only. */
const journeysOfConverters = (table: string) => `
    INSERT INTO ${table} (${JOURNEY_COLUMNS})
    WITH toIntervalDay({lookbackDays:UInt16}) AS lookback, toDateTime64(0, 3, 'UTC') AS never
    SELECT
      {workspaceId:String},
      {lookbackDays:UInt16},
      if(ends[1] = never, touched[-1], ends[1]),
      ends[1] != never,
      person_id,
      if(ends[1] = never, 0, conversions[1]),
      if(ends[1] = never, 0, revenues[1]),
      if(ends[1] = never, [], touched),
      journey,
      if(ends[1] = never, [], campaigns)
    FROM (
      SELECT
        person_id,
        arraySort(groupArray((occurred_at, event_id, channel, campaign, ends_at, conversions, revenue))) AS touches,
        touches.1 AS at,
        touches.5 AS end,
        arrayMap(
          (at, before, end, end_before) -> end != end_before OR (end = never AND at - lookback > before),
          at, arrayPushFront(arrayPopBack(at), at[1]), end, arrayPushFront(arrayPopBack(end), end[1])) AS begins,
        arraySplit((value, first) -> first, at, begins) AS split_at,
        arraySplit((value, first) -> first, touches.3, begins) AS split_channels,
        arraySplit((value, first) -> first, touches.4, begins) AS split_campaigns,
        arraySplit((value, first) -> first, end, begins) AS split_ends,
        arraySplit((value, first) -> first, touches.6, begins) AS split_conversions,
        arraySplit((value, first) -> first, touches.7, begins) AS split_revenues
      FROM (
        SELECT
          touch.person_id AS person_id, touch.occurred_at AS occurred_at, touch.event_id AS event_id,
          touch.channel AS channel, touch.campaign AS campaign, next.conversions AS conversions, next.revenue AS revenue,
          if(next.conversions > 0 AND next.conversion_at - lookback <= touch.occurred_at, next.conversion_at, never) AS ends_at
        FROM (
          SELECT if(members.person_id = 0, visits.visitor_id, members.person_id) AS person_id, occurred_at, event_id, channel, campaign
          FROM (
            SELECT visitor_id, occurred_at, event_id, channel, campaign
            FROM touchpoints
            WHERE ${OF_WORKSPACE} AND visitor_id IN ${CONVERTERS}
          ) AS visits
          LEFT JOIN ${MEMBERS} AS members ON visits.visitor_id = members.visitor_id
        ) AS touch
        ASOF LEFT JOIN (
          SELECT person_id, occurred_at AS conversion_at, toUInt32(count()) AS conversions, sum(revenue) AS revenue
          FROM ${PERSONS_CONVERSIONS} AS conversions
          GROUP BY person_id, conversion_at
        ) AS next ON touch.person_id = next.person_id AND next.conversion_at >= touch.occurred_at
      )
      GROUP BY person_id
    )
    ARRAY JOIN
      split_at AS touched, split_channels AS journey, split_campaigns AS campaigns, split_ends AS ends,
      split_conversions AS conversions, split_revenues AS revenues`;

/**
 * Builds every journey of the workspace and puts them where they are read, in one step: until then readers see the old ones.
 * The table that the build is made in is its own, because another process may build at the same time.
 */
export async function rebuildJourneys(warehouse: WorkspaceWarehouse, lookbackDays: number): Promise<void> {
  const { engine, workspaceId } = warehouse;
  const params = Lookback.extend({ workspaceId: z.string() }).parse({ lookbackDays, workspaceId });
  const table = `${JOURNEY_BUILD_PREFIX}${randomUUID().replaceAll("-", "")}`;
  const partition = "({workspaceId:String}, {lookbackDays:UInt16})";
  await engine.run("create-journey-build", `CREATE TABLE ${table} AS journeys`);
  try {
    await engine.run("build-journeys-of-unlinked-visitors", journeysOfUnlinkedVisitors(table), params);
    await engine.run("build-journeys-of-linked-persons", journeysOfLinkedPersons(table), params);
    await engine.run("build-journeys-of-converters", journeysOfConverters(table), params);
    const [built] = (await engine.rows("count-journeys", `SELECT count() > 0 AS some FROM ${table}`)) as {
      some: number;
    }[];
    // An empty build cannot take the place of anything: the engine refuses that, so the old journeys are dropped.
    const publish = built?.some === 1 ? `REPLACE PARTITION ${partition} FROM ${table}` : `DROP PARTITION ${partition}`;
    await engine.run("publish-journeys", `ALTER TABLE journeys ${publish}`, params);
  } finally {
    await engine.run("drop-journey-build", `DROP TABLE IF EXISTS ${table} SYNC`);
  }
}

export const recordJourneyBuild = statement({
  name: "record-journey-build",
  params: Lookback.extend({ watermark: z.string() }),
  sql: `
    INSERT INTO journey_builds (workspace_id, lookback_days, watermark, built_at)
    SELECT {workspaceId:String}, {lookbackDays:UInt16}, {watermark:String}, now64(3)`,
});

/** The data that the published journeys stand on; no row where none were built. */
export const journeyWatermark = question({
  name: "journey-watermark",
  params: Lookback,
  row: z.object({ watermark: z.string() }),
  sql: `
    SELECT watermark
    FROM journey_builds FINAL
    WHERE workspace_id = {workspaceId:String} AND lookback_days = {lookbackDays:UInt16}`,
});
