import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FileLayout, UploadPreview } from "@touchline/server/contract";
import { useEffect, useRef } from "react";
import { api } from "../../app/api.ts";

const ASK_AGAIN_MS = 400;

/** Where the import of a file stands, asked again until it has ended: then whatever stands on the data is asked again. */
export function useUploadState(id: string) {
  const queries = useQueryClient();
  const state = useQuery(
    api.mapping.state.queryOptions(
      { id },
      { staleTime: 0, refetchInterval: ({ state: { data } }) => (data?.state === "importing" ? ASK_AGAIN_MS : false) },
    ),
  );
  const before = useRef<string | undefined>(undefined);
  const now = state.data?.state;
  useEffect(() => {
    const hasEnded = before.current === "importing" && now !== "importing";
    before.current = now;
    if (hasEnded) void queries.invalidateQueries({ predicate: ({ queryKey }) => !isAboutUploads(queryKey) });
  }, [now, queries]);
  return state;
}

/** What is known of a file that was sent does not change by its import. */
function isAboutUploads(key: readonly unknown[]): boolean {
  return Array.isArray(key[0]) && key[0][0] === "mapping" && key[0][1] !== "sources";
}

export function useDescription(id: string) {
  return useQuery(api.mapping.describe.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY }));
}

const TYPING_MS = 250;

/** What would become of the first rows, asked anew a moment after the last change. */
export function usePreview(id: string, layout: FileLayout | null) {
  const preview = useMutation(api.mapping.preview.mutationOptions());
  const { mutate } = preview;
  const asked = JSON.stringify(layout);
  useEffect(() => {
    const wanted = JSON.parse(asked) as FileLayout | null;
    if (wanted === null) return;
    const timer = setTimeout(() => mutate({ id, layout: wanted }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [asked, id, mutate]);
  const last = useRef<UploadPreview | undefined>(undefined);
  if (preview.data !== undefined) last.current = preview.data;
  return { preview: last.current, isBusy: preview.isPending, error: preview.error };
}

export function useBeginImport(id: string) {
  const queries = useQueryClient();
  return useMutation(
    api.mapping.import.mutationOptions({
      onSuccess: (state) => queries.setQueryData(api.mapping.state.queryKey({ id }), state),
    }),
  );
}

export function useSources() {
  return useQuery(api.mapping.sources.queryOptions());
}

export function useRemoveMapping() {
  const queries = useQueryClient();
  return useMutation(
    api.mapping.remove.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: api.mapping.sources.queryKey() }),
    }),
  );
}
