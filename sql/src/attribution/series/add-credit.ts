import type { WorkspaceWarehouse } from "../../warehouse.ts";

/** Credit that no touch carries: of a channel and campaign on a day, with exact amounts. */
export interface SeriesCredit {
  readonly date: string;
  readonly channel: string;
  readonly campaign: string;
  readonly conversions: string;
  readonly revenue: string;
  readonly margin: string;
}

/** Adds credit to a table in which the credit of a run is made. */
export async function addSeriesCredit(
  { engine, workspaceId }: WorkspaceWarehouse,
  table: string,
  runId: string,
  credit: readonly SeriesCredit[],
): Promise<void> {
  const frame = { workspace_id: workspaceId, run_id: runId, creative: "", attribute_value: "" };
  await engine.insertRows(
    "add-series-credit",
    table,
    credit.map((row) => ({ ...frame, ...row })),
  );
}
