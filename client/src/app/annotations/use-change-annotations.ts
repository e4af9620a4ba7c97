import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AnnotationNote } from "@touchline/server/contract";
import { api } from "../api.ts";

interface Draft {
  readonly from: string;
  readonly to: string;
  readonly text: string;
}

/** Charts and lists are asked again whatever became of it: somebody else may have been first. */
function useListsAgain() {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: api.annotations.list.queryKey() });
}

/** Writes a new annotation, or what became of an old one. */
export function useKeepAnnotation(note: AnnotationNote | null, done: (kept: AnnotationNote) => void) {
  const onSettled = useListsAgain();
  const add = useMutation(api.annotations.add.mutationOptions({ onSuccess: done, onSettled }));
  const change = useMutation(api.annotations.change.mutationOptions({ onSuccess: done, onSettled }));
  return {
    keep: (draft: Draft) => (note === null ? add.mutate(draft) : change.mutate({ ...draft, id: note.id })),
    isPending: add.isPending || change.isPending,
    error: add.error ?? change.error,
  };
}

export function useRemoveAnnotation(done: () => void) {
  const onSettled = useListsAgain();
  return useMutation(api.annotations.remove.mutationOptions({ onSuccess: done, onSettled }));
}
