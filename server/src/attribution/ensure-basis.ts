import { ensureJourneys, ensureWatermark } from "../journeys/index.ts";
import type { Workspace } from "../workspace.ts";
import { modelNamed } from "./models/index.ts";
import { type RunParameters, scopeOf } from "./run-parameters.ts";

/**
 * Makes sure that what the model shares out is there: the persons, and the journeys where it looks at them.
 * @returns the watermark that a run stands on
 */
export function ensureBasis(workspace: Workspace, parameters: RunParameters, timeZone: string): Promise<string> {
  if (modelNamed(parameters.model).kind === "self") return ensureWatermark(workspace);
  return ensureJourneys(workspace, scopeOf(parameters, timeZone));
}
