import { z } from "zod";
import { question, statement } from "../question.ts";
import { alterTable } from "../shards.ts";
import type { WorkspaceWarehouse } from "../warehouse.ts";
import { JOURNEY_SET, JourneySet } from "./journey-set.ts";

/** Says that a set of journeys stands on this data, and that somebody uses it now. */
export const recordJourneyBuild = statement({
  name: "record-journey-build",
  params: JourneySet.extend({ watermark: z.string() }),
  sql: `
    INSERT INTO journey_builds (workspace_id, journey_set, watermark, is_dropped, used_at)
    SELECT {workspaceId:String}, ${JOURNEY_SET}, {watermark:String}, 0, now64(3)`,
});

/** The data that the published journeys of a set stand on, and whether nobody has used them today; no row where none were built. */
export const journeyWatermark = question({
  name: "journey-watermark",
  params: JourneySet,
  row: z.object({ watermark: z.string(), isForgotten: z.number() }),
  sql: `
    SELECT watermark, used_at < now64(3) - toIntervalDay(1) AS isForgotten
    FROM journey_builds FINAL
    WHERE workspace_id = {workspaceId:String} AND journey_set = ${JOURNEY_SET} AND NOT is_dropped`,
});

/** Sets that nobody has used for a month, or for two days where there are many others. */
export const unusedJourneySets = question({
  name: "unused-journey-sets",
  params: z.object({}),
  row: z.object({ journeySet: z.string() }),
  sql: `
    SELECT journey_set AS journeySet
    FROM (
      SELECT journey_set, used_at, row_number() OVER (ORDER BY used_at DESC, journey_set) AS place
      FROM journey_builds FINAL
      WHERE workspace_id = {workspaceId:String} AND NOT is_dropped)
    WHERE used_at < now64(3) - toIntervalDay(if(place > 6, 2, 31))
    ORDER BY journeySet`,
});

export const recordJourneysDropped = statement({
  name: "record-journeys-dropped",
  params: z.object({ journeySet: z.string() }),
  sql: `
    INSERT INTO journey_builds (workspace_id, journey_set, watermark, is_dropped, used_at)
    SELECT {workspaceId:String}, {journeySet:String}, '', 1, now64(3)`,
});

export function dropJourneys({ engine, workspaceId }: WorkspaceWarehouse, journeySet: string): Promise<void> {
  const partition = "({workspaceId:String}, {journeySet:String})";
  return alterTable(engine, "drop-journeys", "journeys", `DROP PARTITION ${partition}`, { workspaceId, journeySet });
}
