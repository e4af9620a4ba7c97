import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export interface AuditFilter {
  /** How an action begins; empty for all. */
  readonly action: string;
  readonly actor: string;
}

export function useEntries({ action, actor }: AuditFilter, before: number | null) {
  return useQuery(api.audit.entries.queryOptions({ action, actor, before }, { placeholderData: keepPreviousData }));
}

type Entries = NonNullable<ReturnType<typeof useEntries>["data"]>;
/** As it comes over the wire: a side that was not kept is absent. */
export type ShownEntry = Entries["entries"][number];
export type ShownEntries = Pick<Entries, "entries" | "total">;

/** Works the whole chain out: asked for by hand, and every time anew. */
export function useCheck() {
  return useQuery(api.audit.verify.queryOptions(undefined, { enabled: false, staleTime: 0, gcTime: 0, retry: false }));
}
