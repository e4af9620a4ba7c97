import type { ConversionScope, DateRange, ModelName, ResultScope, WorkspaceStatus } from "@touchline/server/contract";
import { createContext, useContext } from "react";
import type { HueSlot } from "../charts/channel-colours.ts";
import type { Comparison } from "./date-range.ts";

/** What every page knows of the workspace. `range` and `model` are the address's, or their defaults. */
export interface WorkspaceView {
  readonly status: WorkspaceStatus;
  readonly days: DateRange;
  readonly range: DateRange;
  /** How, and with which days, `range` is compared; null with nothing, or where the data does not reach back that far. */
  readonly comparison: Comparison;
  readonly compared: DateRange | null;
  readonly model: ModelName;
  readonly conversions: ConversionScope;
  /** Empty: all of them. */
  readonly channels: readonly string[];
  /** All of that, as the server is asked. */
  readonly scope: ResultScope;
  readonly hues: ReadonlyMap<string, HueSlot>;
}

export const WorkspaceContext = createContext<WorkspaceView | null>(null);

/** Pages are drawn only once the workspace holds data, so there is always one. */
export function useWorkspace(): WorkspaceView {
  const view = useContext(WorkspaceContext);
  if (view === null) throw new Error("useWorkspace outside of the frame");
  return view;
}

/** The zone of the workspace's days. The page of data is drawn before there are any, where every row was refused. */
export function useTimeZone(): string {
  return useContext(WorkspaceContext)?.status.timeZone ?? "UTC";
}
