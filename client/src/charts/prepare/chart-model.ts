import type { TableModel } from "../../ui/table-model.ts";
import type { HueSlot } from "../channel-colours.ts";

export { type Cell, type CellUnit, type FigureCell, textOfCell } from "../../ui/table-model.ts";

/** The table behind a chart: the same figures, printed. */
export type ChartTable = TableModel;

/** What every prepared chart has, whatever it draws. */
export interface ChartModel {
  /** The one sentence that stands for the picture where it cannot be seen. */
  readonly label: string;
  readonly caption: string;
  readonly table: ChartTable;
}

/** One value under the cursor. */
export interface ReadoutLine {
  readonly label: string;
  readonly value: string;
  readonly hue?: HueSlot | undefined;
}

export interface Readout {
  readonly title: string;
  readonly lines: readonly ReadoutLine[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}
