import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter, useRouterState } from "@tanstack/react-router";
import { api } from "../api.ts";

export function useViews(isWanted: boolean) {
  return useQuery(api.views.list.queryOptions(undefined, { enabled: isWanted }));
}

/** What can be done to views; lists are asked again whatever became of it. */
export function useChangeViews() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: api.views.pathKey() });
  return {
    save: useMutation(api.views.save.mutationOptions({ onSettled })),
    rename: useMutation(api.views.rename.mutationOptions({ onSettled })),
    update: useMutation(api.views.update.mutationOptions({ onSettled })),
    share: useMutation(api.views.share.mutationOptions({ onSettled })),
    remove: useMutation(api.views.remove.mutationOptions({ onSettled })),
  };
}

/** The page that is open, as a view keeps it. */
export function usePlaceToSave(): { page: string; search: string } {
  const page = useRouterState({ select: ({ location }) => location.pathname });
  const search = useRouterState({ select: ({ location }) => location.searchStr });
  return { page, search: search.replace(/^\?/, "") };
}

/** Opens an address as it stands: what the page before was narrowed to does not come along. */
export function useOpenAddress(): { basepath: string; open(address: string): void } {
  const router = useRouter();
  const basepath = router.basepath === "/" ? "" : router.basepath;
  return { basepath, open: (address) => router.history.push(address) };
}
