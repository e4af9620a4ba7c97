import { journeyWatermark, rebuildJourneys, recordJourneyBuild } from "@touchline/sql";
import { ensurePersons } from "../identities/index.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Makes sure that the journeys of this lookback window stand on the data and the persons as they are now, and builds them if they
 * don't. Readers see the old journeys until the new ones take their place in one step.
 * @returns the watermark that the journeys stand on
 */
export function ensureJourneys(workspace: Workspace, lookbackDays: number): Promise<string> {
  return workspace.inTurn("build-journeys", async () => {
    const { warehouse } = workspace;
    // Before the persons: what is imported meanwhile then counts as not seen, and they are built once more.
    const data = await workspace.watermark();
    const persons = await ensurePersons(workspace);
    const watermark = persons === "" ? data : `${data}, persons ${persons}`;
    const [published] = await warehouse.ask(journeyWatermark, { lookbackDays });
    if (published?.watermark === watermark) return watermark;
    await rebuildJourneys(warehouse, lookbackDays);
    await warehouse.tell(recordJourneyBuild, { lookbackDays, watermark });
    return watermark;
  });
}
