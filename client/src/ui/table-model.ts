/** What a figure is, for whoever takes it into a spreadsheet. Shares are "percent", 0.12 for 12 %. */
export type CellUnit = "money" | "count" | "percent" | "ratio" | "number" | "date";

/** A figure as it is printed and as it is: exact amounts as decimals in text, days as `YYYY-MM-DD`, null where there is none. */
export interface FigureCell {
  readonly text: string;
  readonly value: number | string | null;
  readonly unit: CellUnit;
}
export type Cell = string | FigureCell;

export function textOfCell(cell: Cell): string {
  return typeof cell === "string" ? cell : cell.text;
}

/** A table of figures, printed and as they are. The first cell of a row is its name. */
export interface TableModel {
  readonly columns: readonly { readonly label: string; readonly isNumeric: boolean }[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly Cell[] }[];
  readonly total?: readonly Cell[];
}
