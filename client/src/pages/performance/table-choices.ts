import type { Marginals, ModelName } from "@touchline/server/contract";
import type { ColumnId } from "../../charts/prepare/breakdown-columns.ts";

/** What every row of the table, inside or outside of another, is shown by. */
export interface TableChoices {
  readonly columns: readonly ColumnId[];
  readonly sort: ColumnId | "name";
  readonly isUp: boolean;
  readonly model: ModelName;
  readonly marginals: Marginals | undefined;
  readonly openRows: ReadonlySet<string>;
  toggle(key: string): void;
  explain(channel: string, campaign: string | null): void;
}
