import { bookedConversions } from "../../conversions/booked.ts";
import { bookedByPerson } from "../../conversions/booked-by-person.ts";
import { MEMBERS } from "../../identities/members.ts";
import { ofTypes } from "../../journeys/journey-set.ts";
import { CHANNEL_PLACE, touchesByPerson } from "./scope.ts";

/*
 * A conversion with the touches near it. Arrays make this fast, and their traps shape it: an array that is captured by a lambda, or
 * carried through a join, is copied for every element or row. So a person's touches are sorted numbers (the moment in milliseconds,
 * then the channel), cut into pages, and a conversion gets the page that it falls into with the pages on both sides: all touches of
 * nearly everybody, and at least the nearest 2,000 on each side for a bot with a million of them.
 */

/** Of the touches on one side of a conversion no more than this count, the nearest ones. */
const MOST_NEAR = 2_000;

const RADIX = 65_536;
export const channelOf = (touch: string) => `toUInt16(bitAnd(${touch}, ${RADIX - 1}))`;
export const millisOf = (touch: string) => `bitShiftRight(${touch}, 16)`;
/** SQL of what a touch's number is at least from a moment on. */
export const touchAt = (millis: string) => `(${millis}) * ${RADIX}`;
/** SQL of a touch's number, out of its moment and channel. */
export const TOUCH = `toUnixTimestamp64Milli(occurred_at) * ${RADIX} + ${CHANNEL_PLACE}`;

const isOfCustomers = "({customers:String} = '' OR customer_type = {customers:String})";

/** Booked conversions of a range of days, under who made them: person 0 for nobody known. */
export const soldBetween = (inRange: string) => `(
      SELECT *, toUnixTimestamp64Milli(occurred_at) AS sold_at
      FROM ${bookedByPerson()} AS booked
      WHERE ${isOfCustomers} AND ${inRange})`;

/** Every id of whoever made a conversion of the range: of a person all of them, whichever it converted under. */
function idsOfBuyers(inRange: string): string {
  const buyers = `(
        SELECT if(members.person_id = 0, booked.visitor_id, members.person_id) AS person_id
        FROM (SELECT visitor_id FROM ${bookedConversions()} AS sold WHERE visitor_id != 0 AND ${ofTypes("conversion_type")} AND ${inRange}) AS booked
        LEFT JOIN ${MEMBERS} AS members ON booked.visitor_id = members.visitor_id)`;
  // A union of its own inside IN would be worked out anew by each shard of a cluster, which does not have these tables.
  return `(
        SELECT id FROM (
          SELECT person_id AS id FROM ${buyers} AS buyers
          UNION ALL
          SELECT visitor_id AS id FROM ${MEMBERS} AS members WHERE person_id IN (SELECT person_id FROM ${buyers} AS buyers)))`;
}

/** Touches of each person who made a conversion of the range. @param gathered as in touchesByPerson */
export const touchesOfBuyers = (inRange: string, gathered: Readonly<Record<string, string>>) =>
  touchesByPerson(`visits.visitor_id IN ${idsOfBuyers(inRange)}`, gathered);

/**
 * SQL of how often each number occurs: ([numbers, rising], [how often]). A third of the time of the engine's own sumMap.
 * @param sorted the name of an array of rising numbers
 */
export const tally = (sorted: string) => {
  const begins = `arrayMap((number, before) -> number != before, ${sorted}, arrayPopBack(arrayPushFront(${sorted}, 0)))`;
  const runs = `arraySplit((number, begins) -> begins, ${sorted}, ${begins})`;
  return `(arrayMap(run -> run[1], ${runs}), arrayMap(run -> toUInt32(length(run)), ${runs}))`;
};

const pagesOf = (array: string) =>
  `arraySplit((value, place) -> place % ${MOST_NEAR} = 1, ${array}, arrayEnumerate(${array}))`;
const withNeighbours = (pages: string) =>
  `arrayMap((before, page, after) -> arrayConcat(before, page, after),
            arrayPushFront(arrayPopBack(${pages}), []), ${pages}, arrayPushBack(arrayPopFront(${pages}), []))`;

/** The moment that a page begins at; the first one begins before everything. */
const BEGINS = `arrayMap((page, place) -> if(place = 1, toInt64(-9e18), ${millisOf("page[1]")}), pages, arrayEnumerate(pages))`;

/**
 * Pages of the touches of buyers: `history` is a tally of all touches of the person by channel, `near` the page and its neighbours.
 * Of pages that begin at one moment the last one is kept, so that a moment falls into one page.
 */
function pagesOfBuyers(inRange: string, kind: string | undefined): string {
  const ofKind = (sql: string) => (kind === undefined ? "" : sql);
  const gathered = {
    all_touches: `groupArray(${TOUCH})`,
    ...(kind === undefined ? {} : { all_kinds: `groupArray(${kind})` }),
  };
  return `(
      SELECT person_id, history, begins, near${ofKind(", near_kinds")}
      FROM (
        SELECT
          person_id, arraySort(all_touches) AS touches,
          arraySort(arrayMap(touch -> ${channelOf("touch")}, touches)) AS channels, ${tally("channels")} AS history,
          ${ofKind(`arraySort((kind, touch) -> (touch, kind), all_kinds, all_touches) AS kinds, ${pagesOf("kinds")} AS kind_pages,`)}
          ${pagesOf("touches")} AS pages, ${BEGINS} AS page_begins
        FROM ${touchesOfBuyers(inRange, gathered)} AS buyer)
      ARRAY JOIN page_begins AS begins, arrayPushBack(arrayPopFront(page_begins), toInt64(9e18)) AS next_begins,
        ${withNeighbours("pages")} AS near${ofKind(`, ${withNeighbours("kind_pages")} AS near_kinds`)}
      WHERE begins != next_begins)`;
}

/**
 * SQL for the booked conversions of a range of days whose person had a touch that counts, each with `history` and `near`, a table to
 * read FROM.
 * @param kind what else to know of each touch, a number: `near_kinds`
 */
export function soldWithTouches(inRange: string, kind?: string): string {
  const columns = ["history", "near", ...(kind === undefined ? [] : ["near_kinds"])];
  return `(
    SELECT sold.*, ${columns.map((column) => `pages.${column} AS ${column}`).join(", ")}
    FROM (SELECT * FROM ${soldBetween(inRange)} AS sold WHERE person_id != 0) AS sold
    ASOF INNER JOIN ${pagesOfBuyers(inRange, kind)} AS pages ON sold.person_id = pages.person_id AND sold.sold_at >= pages.begins)`;
}

/** Blocks stay small where a row carries thousands of touches. */
export const NEAR_SETTINGS = "max_block_size = 8192, max_joined_block_size_rows = 8192";

const isEarlier = (lastEdge: string) =>
  `touch >= ${touchAt(`sold_at - ${lastEdge} * 1000 + 1`)} AND touch < ${touchAt("sold_at + 1")}`;

/** SQL of the touches within the last edge before a conversion, those of its moment included, and of the same after it. */
export const earlierTouches = (lastEdge: string) =>
  `arraySlice(arrayFilter(touch -> ${isEarlier(lastEdge)}, near), -${MOST_NEAR})`;
export const laterTouches = (lastEdge: string) =>
  `arraySlice(arrayFilter(touch -> touch >= ${touchAt("sold_at + 1")} AND touch < ${touchAt(`sold_at + ${lastEdge} * 1000`)}, near), 1, ${MOST_NEAR})`;

/** What stands in another array beside the earlier touches. */
export const earlierOnly = (array: string, lastEdge: string) =>
  `arraySlice(arrayFilter((value, touch) -> ${isEarlier(lastEdge)}, ${array}, near), -${MOST_NEAR})`;

/** SQL of the bin, from 0, that a distance in milliseconds falls into. */
const binOf = (millis: string, edges: string) => `indexOf(${edges}, roundDown(intDiv(${millis}, 1000), ${edges})) - 1`;
const binsOf = (edges: string) => `(length(${edges}) - 1)`;

/** SQL of channel and bin of a touch as one number, from 0: the bins of the first channel, then those of the next. */
export const placeOf = (touch: string, distance: string, edges: string) =>
  `${channelOf(touch)} * ${binsOf(edges)} + ${binOf(distance, edges)}`;

/** The same of many touches, rising. @param distance SQL of one `touch` */
export const placesOf = (touches: string, distance: string, edges: string) =>
  `arraySort(arrayMap(touch -> toUInt32(${placeOf("touch", distance, edges)}), ${touches}))`;

/** SQL of channel, bin and how many, flat, from a tally of such places. */
export const triples = (tallied: string, edges: string) =>
  `arrayFlatten(arrayMap((place, n) -> [toUInt32(intDiv(place, ${binsOf(edges)})), toUInt32(place % ${binsOf(edges)}), n], ${tallied}.1, ${tallied}.2))`;
