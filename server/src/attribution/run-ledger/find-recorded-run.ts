import { type LedgerRow, runsPage } from "@touchline/sql";
import { UserError } from "../../user-error.ts";
import type { Workspace } from "../../workspace.ts";
import { Fit } from "../fit.ts";
import { type RunParameters, runParameters } from "../run-parameters.ts";

const SHORTEST_ID = 4;

/** A run as the ledger has it, its parameters and fit read. */
export interface RecordedRun extends LedgerRow {
  readonly asked: RunParameters & { readonly timeZone: string };
  readonly found: Fit;
}

export function readRun(row: LedgerRow): RecordedRun {
  const frozen = JSON.parse(row.parameters) as RunParameters & { timeZone: string };
  return {
    ...row,
    asked: { ...runParameters(frozen), timeZone: frozen.timeZone },
    found: Fit.parse({ warnings: [], ...(JSON.parse(row.fit) as object) }),
  };
}

/**
 * The run with this id, or the only one whose id begins so.
 * @throws UserError when there is none, or more than one
 */
export async function findRecordedRun({ warehouse }: Workspace, id: string): Promise<RecordedRun> {
  if (!/^[0-9a-f-]+$/i.test(id) || id.length < SHORTEST_ID) {
    throw new UserError(
      `"${id}" is not the id of a run: give it, or at least its first ${SHORTEST_ID} characters, as touchline runs list prints them`,
      { exitCode: 2 },
    );
  }
  const rows = await warehouse.askAside(runsPage, { idPrefix: id.toLowerCase(), limit: 2, offset: 0 });
  if (rows.length > 1) throw new UserError(`more than one run begins with ${id}: give more of its id`);
  if (rows[0] === undefined) {
    throw new UserError(`there is no run ${id}: it may have been pruned; touchline runs list has those that are kept`);
  }
  return readRun(rows[0]);
}

/** @throws UserError when it has no credit to show */
export async function findFinishedRun(workspace: Workspace, id: string): Promise<RecordedRun> {
  const run = await findRecordedRun(workspace, id);
  if (run.state === "done") return run;
  const state = run.state === "running" ? "is under way" : `was ${run.state}`;
  throw new UserError(
    `the run ${run.runId.slice(0, 8)} ${state}${run.reason === "" ? "" : ` (${run.reason})`}: it has no credit`,
  );
}
