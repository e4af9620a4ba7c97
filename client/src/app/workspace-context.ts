import type { DateRange, ModelName, WorkspaceStatus } from "@touchline/server/contract";
import { createContext, useContext } from "react";
import type { HueSlot } from "../charts/channel-colours.ts";

/** What every page knows of the workspace. `range` and `model` are the address's, or their defaults. */
export interface WorkspaceView {
  readonly status: WorkspaceStatus;
  readonly days: DateRange;
  readonly range: DateRange;
  readonly model: ModelName;
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
