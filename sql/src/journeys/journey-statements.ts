import { bookedConversions } from "../conversions/booked.ts";
import { bookedByPerson } from "../conversions/booked-by-person.ts";
import { hashSlices } from "../hash-slices.ts";
import { MEMBERS } from "../identities/members.ts";
import { isView, ofTypes, VIEW_DAYS } from "./journey-set.ts";

/*
 * What a journey is: a touch belongs to the next conversion of its person, of the set's types, when that comes within the touch's
 * window (views have one of their own), otherwise to an unconverted journey. So each touch is in exactly one journey; a conversion
 * ends a journey and the next touch begins another. Unconverted touches further apart than the lookback are separate journeys, and so
 * are those that a conversion lies between. A touch at the very moment of the conversion counts as before it. Touches of one moment
 * stand in the order of their ids. Conversions of one person at one moment share their touches: they are one row with the number of
 * them, or one each where their types or customers differ, which gives every model the same counts. A visitor that no link leads from
 * is a person of its own; what has no identifier (visitor 0) belongs to no journey.
 *
 * Three statements build them. Most visitors never convert and are linked to nobody: they need no look at conversions or persons,
 * and are read in the order in which they stand. All split arrays by comparing them with themselves moved by one place: a lambda
 * that looks at its own array by index copies that array for every element (measured on 10 million touches: 77 s and 8.4 GB in
 * place of 6 s and under 1 GB). The index is of no use to the first two, which want nearly every row, and the engine would sort the
 * set of ids for it (3 s of a million and a half).
 */

/** What journeys are built of: tables to read FROM, each in SQL. */
export interface JourneySources {
  /** The touches of whoever is a person of its own; and of others, who are told by `notAlone`. */
  readonly touchpoints: string;
  /** The touches of linked persons and of converters, under whichever of their ids. */
  readonly personTouches: string;
  /** A question for every id that is linked or converted. */
  readonly notAlone: string;
  /** Every linked id with its person. */
  readonly members: string;
  /** Who has a conversion of the set's types that somebody can be credited for: person_id, occurred_at. */
  readonly convertedPersons: string;
  /** The booked conversions of the set's types by person, as `bookedByPerson` has them. */
  readonly bookedByPerson: string;
}

/** What journeys are built of where one engine holds everything. */
export const WHOLE: JourneySources = {
  touchpoints: "touchpoints",
  personTouches: "touchpoints",
  notAlone: `
        SELECT visitor_id FROM ${MEMBERS} AS members
        UNION ALL
        SELECT visitor_id FROM ${bookedConversions()} AS booked WHERE ${ofTypes("conversion_type")}`,
  members: MEMBERS,
  convertedPersons: `(
      SELECT if(members.person_id = 0, booked.visitor_id, members.person_id) AS person_id, occurred_at
      FROM ${bookedConversions()} AS booked
      LEFT JOIN ${MEMBERS} AS members ON booked.visitor_id = members.visitor_id
      WHERE booked.visitor_id != 0 AND ${ofTypes("booked.conversion_type")})`,
  bookedByPerson: bookedByPerson(),
};

const linked = ({ members }: JourneySources) => `(SELECT visitor_id FROM ${members} AS members)`;
const OF_WORKSPACE = "workspace_id = {workspaceId:String} AND visitor_id != 0";

/** Every id of whoever converted: of a person all of them, whichever it converted under. */
const converters = ({ convertedPersons, members }: JourneySources) => `(
      SELECT person_id FROM ${convertedPersons} AS conversions
      UNION ALL
      SELECT visitor_id FROM ${members} AS members WHERE person_id IN (SELECT person_id FROM ${convertedPersons} AS conversions))`;

/** What is kept of each touch of a converted journey, beside its moment and channel. */
const TOUCH_COLUMNS = {
  campaigns: "campaign",
  creatives: "creative",
  interactions: "interaction",
  devices: "device",
  countries: "country",
  regions: "region",
  sources: "source",
  mediums: "medium",
} as const;
const TOUCHES = Object.values(TOUCH_COLUMNS).join(", ");

/** Journeys of touches whose persons never converted: only path, end and visitor are kept, because nothing else of them is ever asked. */
const journeysWithoutConversion = (table: string, touches: string, key: "visitor_id" | "person_id") => `
    INSERT INTO ${table} (workspace_id, journey_set, ended_at, converted, visitor_id, channels)
    WITH toIntervalDay({lookbackDays:UInt16}) AS lookback
    SELECT {workspaceId:String}, {journeySet:String}, journey_at[-1], 0, ${key}, journey
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

const journeysOfUnlinkedVisitors = (table: string, { touchpoints, notAlone }: JourneySources) =>
  journeysWithoutConversion(
    table,
    `${touchpoints} WHERE ${OF_WORKSPACE} AND visitor_id NOT IN (${notAlone})`,
    "visitor_id",
  );

const journeysOfLinkedPersons = (table: string, sources: JourneySources) =>
  journeysWithoutConversion(
    table,
    `(
        SELECT members.person_id AS person_id, occurred_at, event_id, channel
        FROM (
          SELECT visitor_id, occurred_at, event_id, channel
          FROM ${sources.personTouches}
          WHERE ${OF_WORKSPACE} AND visitor_id IN ${linked(sources)} AND visitor_id NOT IN ${converters(sources)}
        ) AS touch
        INNER JOIN ${sources.members} AS members ON touch.visitor_id = members.visitor_id
      )`,
    "person_id",
  );

/** The touches of whoever converted, under the person, each with the person's next conversion and whether it lies in its window. */
const convertersTouches = (sources: JourneySources) => `(
        SELECT
          touch.person_id AS person_id, touch.occurred_at AS occurred_at, touch.event_id AS event_id, touch.channel AS channel,
          ${TOUCHES}, next.conversion_at AS next_at,
          next_at != never AND touch.occurred_at >= next_at - if(${isView("interaction")}, view_window, lookback) AS counts
        FROM (
          SELECT if(members.person_id = 0, visits.visitor_id, members.person_id) AS person_id, occurred_at, event_id, channel, ${TOUCHES}
          FROM (
            SELECT visitor_id, occurred_at, event_id, channel, ${TOUCHES}
            FROM ${sources.personTouches}
            WHERE ${OF_WORKSPACE} AND visitor_id IN ${converters(sources)}
          ) AS visits
          LEFT JOIN ${sources.members} AS members ON visits.visitor_id = members.visitor_id
        ) AS touch
        ASOF LEFT JOIN (
          SELECT DISTINCT person_id, occurred_at AS conversion_at
          FROM ${sources.convertedPersons} AS conversions
        ) AS next ON touch.person_id = next.person_id AND next.conversion_at >= touch.occurred_at
      )`;

const splitTouches = Object.values(TOUCH_COLUMNS)
  .map((column, i) => `arraySplit((value, first) -> first, touches.${6 + i}, begins) AS split_${column}`)
  .join(",\n        ");
const joinTouches = Object.entries(TOUCH_COLUMNS)
  .map(([array, column]) => `split_${column} AS ${array}`)
  .join(", ");
const keepTouches = Object.keys(TOUCH_COLUMNS)
  .map((array) => `if(converted, ${array}, []) AS ${array}`)
  .join(", ");

/** Touches sorted by the conversion that follows them, those outside their window before the others, then by moment. */
const convertersJourneys = (sources: JourneySources) => `(
    SELECT person_id, counted AS converted, if(converted, ends, at[-1]) AS ended_at, if(converted, at, []) AS touched_at, path, ${keepTouches}
    FROM (
      SELECT
        person_id,
        arraySort(groupArray((next_at, counts, occurred_at, event_id, channel, ${TOUCHES}))) AS touches,
        touches.1 AS next, touches.2 AS counting, touches.3 AS touched,
        arrayMap(
          (next, before_next, counts, before_counts, at, before_at) ->
            next != before_next OR counts != before_counts OR (NOT counts AND at - lookback > before_at),
          next, arrayPushFront(arrayPopBack(next), next[1]),
          counting, arrayPushFront(arrayPopBack(counting), counting[1]),
          touched, arrayPushFront(arrayPopBack(touched), touched[1])) AS begins,
        arraySplit((value, first) -> first, next, begins) AS split_next,
        arraySplit((value, first) -> first, counting, begins) AS split_counting,
        arraySplit((value, first) -> first, touched, begins) AS split_at,
        arraySplit((value, first) -> first, touches.5, begins) AS split_channel,
        ${splitTouches}
      FROM ${convertersTouches(sources)}
      GROUP BY person_id
    )
    ARRAY JOIN
      arrayMap(each -> each[1], split_next) AS ends, arrayMap(each -> each[1], split_counting) AS counted,
      split_at AS at, split_channel AS path, ${joinTouches})`;

/** What is known of the conversions of one person at one moment: a row for each type and customer. */
const facts = ({ bookedByPerson }: JourneySources) => `(
      SELECT person_id, occurred_at AS conversion_at, conversion_type, customer_type, product_group, region AS conversion_region,
        toUInt32(count()) AS conversions, sum(revenue) AS revenue, sum(ifNull(margin, 0)) AS margin
      FROM ${bookedByPerson} AS sold
      WHERE person_id != 0
      GROUP BY person_id, conversion_at, conversion_type, customer_type, product_group, conversion_region)`;

/** Journeys of persons who converted at least once. */
const journeysOfConverters = (table: string, sources: JourneySources) => `
    INSERT INTO ${table} (workspace_id, journey_set, ended_at, converted, visitor_id, conversions, revenue, margin, conversion_type,
      customer_type, product_group, conversion_region, touched_at, channels, ${Object.keys(TOUCH_COLUMNS).join(", ")})
    WITH toIntervalDay({lookbackDays:UInt16}) AS lookback, toIntervalDay(${VIEW_DAYS}) AS view_window, toDateTime64(0, 3, 'UTC') AS never
    SELECT {workspaceId:String}, {journeySet:String}, ended_at, converted, journey.person_id, facts.conversions, facts.revenue, facts.margin,
      facts.conversion_type, facts.customer_type, facts.product_group, facts.conversion_region, touched_at, path, ${Object.keys(TOUCH_COLUMNS).join(", ")}
    FROM (SELECT *, if(converted, ended_at, never) AS conversion_at FROM ${convertersJourneys(sources)}) AS journey
    LEFT JOIN ${facts(sources)} AS facts ON journey.person_id = facts.person_id AND journey.conversion_at = facts.conversion_at`;

/** Of so many touches, those of converters are built at once: in memory, where they took a gigabyte. */
export const TOUCHES_AT_ONCE = 20_000_000;

/** The sources with the conversions of some persons only, whose journeys are then all that converters have. */
const soldTo = (persons: string, sources: JourneySources): JourneySources => ({
  ...sources,
  convertedPersons: `(SELECT * FROM ${sources.convertedPersons} AS every_conversion WHERE ${persons})`,
  bookedByPerson: `(SELECT * FROM ${sources.bookedByPerson} AS every_booking WHERE ${persons})`,
});

/**
 * The three statements with their names, the last one once for each slice of the persons. Each reads the sources and writes into the
 * table of a build.
 */
export function journeyStatements(
  table: string,
  sources: JourneySources,
  touches: number,
  atOnce: number,
): readonly (readonly [string, string])[] {
  const slices = hashSlices("person_id", touches, atOnce);
  return [
    ["build-journeys-of-unlinked-visitors", journeysOfUnlinkedVisitors(table, sources)],
    ["build-journeys-of-linked-persons", journeysOfLinkedPersons(table, sources)],
    ...slices.map((persons): readonly [string, string] => [
      "build-journeys-of-converters",
      journeysOfConverters(table, slices.length === 1 ? sources : soldTo(persons, sources)),
    ]),
  ];
}
