import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

/** How soon parts that were left out are asked for again. */
const AGAIN_MS = 2_500;

export function useBrief() {
  return useQuery(
    api.today.brief.queryOptions(undefined, {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) => ((state.data?.underway.length ?? 0) > 0 ? AGAIN_MS : false),
    }),
  );
}
