import { claimImport, deleteExperiment, dropStaging, listExperiments, recordImport } from "@touchline/sql";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";

/**
 * Takes a lift test out. That stands in the ledger as one row replaced by nothing: what was worked out with the test is old from then on,
 * and the file that it came in can be imported again.
 * @throws UserError when there is none of this id
 */
export async function removeExperiment(workspace: Workspace, experimentId: string): Promise<void> {
  const { warehouse } = workspace;
  const known = (await warehouse.ask(listExperiments, {})).map((test) => test.experimentId);
  if (!known.includes(experimentId)) {
    throw new UserError(
      `there is no test "${experimentId}"; there ${known.length === 0 ? "are none" : `are ${known.slice(0, 10).join(", ")}`}`,
    );
  }
  const startedAt = new Date().toISOString();
  const importId = await claimImport(warehouse, "experiments");
  try {
    await warehouse.tell(deleteExperiment, { experimentId });
    await warehouse.tell(recordImport, {
      ...{ importId, kind: "experiments", state: "done", startedAt, owner: "", source: "", transport: "removal" },
      ...{ file: `experiment ${experimentId} removed`, fingerprint: `removal ${importId}`, changes: "" },
      ...{ received: 1, stored: 0, duplicates: 0, replaced: 1, rejected: 0, filtered: 0 },
    });
  } finally {
    await dropStaging(warehouse, importId);
  }
}
