import { STEP_SEPARATOR } from "@touchline/sql";
import type { z } from "zod";
import type { JourneyFigures, JourneySelection, JourneyStep } from "../contract/index.ts";
import type { Workspace } from "../workspace.ts";
import { ensureJourneys } from "./journeys.ts";

/** Makes sure that the journeys stand on the data of now. @returns what every question about them is asked with */
export async function selectJourneys(workspace: Workspace, selection: z.output<typeof JourneySelection>) {
  const { range, lookbackDays, conversionTypes, channel, convertedOnly, minTouches } = selection;
  const { timeZone } = await workspace.settings();
  await ensureJourneys(workspace, { lookbackDays, conversionTypes });
  return { ...range, lookbackDays, conversionTypes, timeZone, convertedOnly, minTouches, ofChannel: channel ?? null };
}

interface Counted {
  readonly journeys: number;
  readonly converted: number;
  readonly conversions: number;
  readonly revenue: string;
}

export function figuresOf({ journeys, converted, conversions, revenue }: Counted): JourneyFigures {
  return {
    ...{ journeys, converted, unconverted: journeys - converted, conversions, revenue },
    conversionRate: ratio(converted, journeys),
  };
}

/** Null where there is nothing to divide by. */
export function ratio(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** A step as the warehouse names it: the channel, and behind a separator its campaign. */
export function parseStep(name: string): JourneyStep {
  const [channel = "", campaign] = name.split(STEP_SEPARATOR);
  return campaign === undefined ? { channel } : { channel, campaign };
}
