import type { FindableKind } from "@touchline/server/contract";
import type { IconName } from "../../ui/Icon.tsx";
import type { Findable } from "./rank-entries.ts";

/** Entries stand with others of their kind. */
export type Group =
  | ("recent" | "pages" | "actions" | "settings" | "days" | "comparison" | "model" | "look" | "views" | "workspaces")
  | FindableKind;

export interface PaletteEntry extends Findable {
  readonly group: Group;
  readonly icon: IconName;
  /** What tells it from others of its name: the channel of a campaign. */
  readonly beside?: string;
  /** Keys that do the same. */
  readonly keys?: string;
  /** Shown before anything is typed. */
  readonly isOffered?: true;
  run(): void;
}

export interface EntryGroup {
  readonly group: Group;
  readonly entries: readonly PaletteEntry[];
}

/** Entries by kind, kinds in the order of the best entry of each. */
export function groupEntries(entries: readonly PaletteEntry[]): EntryGroup[] {
  const groups = new Map<Group, PaletteEntry[]>();
  for (const entry of entries) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([group, of]) => ({ group, entries: of }));
}
