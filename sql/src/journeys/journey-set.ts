import { z } from "zod";

const Days = z.number().int().max(365);

/**
 * Which journeys: how long before its conversion a touch can lie, and which conversions end a journey. Journeys of different sets
 * stand beside each other.
 */
export const JourneySet = z.object({
  lookbackDays: Days.min(1),
  /** For touches that were only seen, never more than the lookback; null: the lookback holds for them too. */
  viewDays: Days.min(0).nullable().default(null),
  /** None: conversions of every type. */
  conversionTypes: z.array(z.string()).default([]),
});
export type JourneySet = z.input<typeof JourneySet>;

/** The days that a view can lie before its conversion. */
export const VIEW_DAYS = "least(ifNull({viewDays:Nullable(UInt16)}, {lookbackDays:UInt16}), {lookbackDays:UInt16})";

/** The name of a set: the same for every way of asking for the same journeys. */
export const JOURNEY_SET = `concat(toString({lookbackDays:UInt16}), 'd', toString(${VIEW_DAYS}), 'v',
        if(empty({conversionTypes:Array(String)}), '', lower(hex(sipHash64(arraySort(arrayDistinct({conversionTypes:Array(String)})))))))`;

/** A touch at which the person did nothing but see, told by its interaction. */
export const isView = (interaction: string) => `${interaction} IN ('impression', 'open')`;

/** A booked conversion of the set's types. */
export const ofTypes = (conversionType: string) =>
  `(empty({conversionTypes:Array(String)}) OR has({conversionTypes:Array(String)}, ${conversionType}))`;
