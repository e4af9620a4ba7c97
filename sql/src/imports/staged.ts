import type { WorkspaceWarehouse } from "../warehouse.ts";
import type { ImportKind } from "./layouts.ts";
import { stagingTable } from "./stage.ts";

/** A staged row that was refused. */
export interface RefusedRow {
  /** The line of the file that it stands on, from 1. */
  readonly line: number;
  readonly step: string;
  readonly reason: string;
}

/** Where the rows of a file went. Rows that never reached the staging table are counted elsewhere. */
export interface MoveCounts {
  readonly staged: number;
  readonly filtered: number;
  readonly rejected: number;
  readonly stored: number;
  readonly duplicates: number;
  readonly replaced: number;
  /** Of a live batch: what was refused, by line. Only where it is known without asking for it. */
  readonly refused?: readonly RefusedRow[] | undefined;
}

/** An import whose rows are staged, and what the moving has to know. */
export interface Staged {
  readonly kind: ImportKind;
  readonly importId: number;
  /** The workspace's currency. Null while the workspace has none. */
  readonly currency: string | null;
  /** True where valid rows have money in another one. */
  readonly hasForeign: boolean;
  readonly timeZone: string;
  /** True where event ids were made from the rows' content: equal rows are then different events. */
  readonly derivedIds: boolean;
  /**
   * `row`: a row that says something else of what is known replaces it. `days`: and of the days between the first and the last of the
   * file the source says everything, so that what it no longer says is taken out. `never`: what came first stays.
   */
  readonly restates: "never" | "row" | "days";
  /** Rows that later imports than this one have said are not replaced; any may be where it is not given. */
  readonly toldIn?: number | undefined;
  /**
   * True for a batch of events as they arrive, which is small. The last row that it has of a key of spend is all of it, where the rows of
   * a file are parts of it.
   */
  readonly isLive: boolean;
  readonly expiresOn: string;
  /** By conversion type: the source whose rows are booked. */
  readonly books: Readonly<Record<string, string>>;
}

export async function firstRow(
  warehouse: WorkspaceWarehouse,
  name: string,
  sql: string,
): Promise<Record<string, string>> {
  const [row] = await warehouse.engine.rows(name, sql, { workspaceId: warehouse.workspaceId });
  return row as Record<string, string>;
}

/** The staged rows of a kind that is staged in its own layout, without those that were left out. */
export function selectedRows({ importId }: Pick<Staged, "importId">): string {
  return `(SELECT * FROM ${stagingTable(importId)} WHERE is_selected)`;
}
