import { z } from "zod";
import { IN_SCOPE, JourneyScope } from "../attribution/scope.ts";

/** Which journeys of a range an answer is about. */
export const JourneyFilter = JourneyScope.extend({
  convertedOnly: z.boolean(),
  /** Journeys of fewer touches are left out; repeats count. */
  minTouches: z.number().int().min(1).max(1000),
  /** Only journeys with a touch of this channel; null for all. */
  ofChannel: z.string().nullable(),
});

/** Paths by campaign exist of converted journeys only, because nothing keeps the campaigns of the others. */
export const JourneyLevel = z.object({ byCampaign: z.boolean() });

/** Stands between channel and campaign in the name of a step: a character that no name holds. */
export const STEP_SEPARATOR = "\u001f";
const SEPARATOR = "'\\x1F'";

/** The steps of a path by {byCampaign}: a channel, or a channel and its campaign. */
export const STEPS_BY_LEVEL = `if({byCampaign:Bool},
        arrayMap((channel, campaign) -> concat(channel, ${SEPARATOR}, campaign), channels, campaigns),
        CAST(channels, 'Array(String)'))`;

export const STEPS_BY_CHANNEL = "CAST(channels, 'Array(String)')";

/**
 * What an answer says of each journey, to stand behind WITH: is_converted, won (conversions), value (revenue), end_at, span_ms (from the
 * first touch to the conversion; meaningless where there is none), touches, steps. None of the names is that of a column.
 */
export const shownColumns = (steps: string) => `converted AS is_converted,
        toUInt64(if(converted, journeys.conversions, 0)) AS won,
        if(converted, journeys.revenue, toDecimal128(0, 9)) AS value,
        ended_at AS end_at,
        if(converted, toUnixTimestamp64Milli(ended_at) - toUnixTimestamp64Milli(touched_at[1]), 0) AS span_ms,
        length(channels) AS touches,
        ${steps} AS steps`;

/**
 * The journeys that an answer stands on, to stand behind SELECT. Where a question groups them in the same query, each shard of a cluster
 * groups its own, and groups are all that travels: from a query around that one, every journey would.
 */
export const fromShown = (also = "1") => `FROM journeys
      WHERE ${IN_SCOPE}
        AND (converted OR NOT {convertedOnly:Bool})
        AND length(channels) >= {minTouches:UInt16}
        AND ({ofChannel:Nullable(String)} IS NULL OR has(channels, ifNull({ofChannel:Nullable(String)}, '')))
        AND ${also}`;
