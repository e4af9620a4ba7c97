import {
  dropJourneys,
  type JourneySet,
  journeyWatermark,
  rebuildJourneys,
  recordJourneyBuild,
  recordJourneysDropped,
  unusedJourneySets,
} from "@touchline/sql";
import { ensurePersons } from "../identities/index.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Makes sure that the journeys of this set stand on the data and the persons as they are now, and builds them if they don't.
 * Readers see the old journeys until the new ones take their place in one step.
 * @returns the watermark that the journeys stand on
 */
export function ensureJourneys(workspace: Workspace, set: JourneySet): Promise<string> {
  return workspace.inTurn("build-journeys", async () => {
    const { warehouse } = workspace;
    const watermark = await ensureWatermark(workspace);
    const [published] = await warehouse.ask(journeyWatermark, set);
    if (published?.watermark === watermark) {
      if (published.isForgotten === 1) await warehouse.tell(recordJourneyBuild, { ...set, watermark });
      return watermark;
    }
    await rebuildJourneys(warehouse, set);
    await warehouse.tell(recordJourneyBuild, { ...set, watermark });
    await dropUnusedJourneys(workspace);
    return watermark;
  });
}

/** Makes sure that the persons stand on the data as it is now. @returns what names both: journeys and runs stand on it */
export async function ensureWatermark(workspace: Workspace): Promise<string> {
  // Before the persons: what is imported meanwhile then counts as not seen, and they are built once more.
  const data = await workspace.watermark();
  const persons = await ensurePersons(workspace);
  return persons === "" ? data : `${data}, persons ${persons}`;
}

/** Recorded first: journeys that are gone must never count as built. */
async function dropUnusedJourneys({ warehouse }: Workspace): Promise<void> {
  for (const { journeySet } of await warehouse.ask(unusedJourneySets, {})) {
    await warehouse.tell(recordJourneysDropped, { journeySet });
    await dropJourneys(warehouse, journeySet);
  }
}
