import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { RebalancingRunSummary } from "@touchline/server/contract";
import { useEffect } from "react";
import { api } from "../../app/api.ts";

/** While a run is under way, it is looked at so often. */
const LOOK_MS = 2_000;

const isUnderway = (run: Pick<RebalancingRunSummary, "state"> | undefined) => run?.state === "underway";

export function useSchedule() {
  return useQuery(api.rebalancing.settings.queryOptions(undefined, { staleTime: 0 }));
}

export function useRuns() {
  return useQuery(
    api.rebalancing.runs.queryOptions(
      {},
      {
        staleTime: 0,
        refetchInterval: ({ state }) => (state.data?.some(isUnderway) ? LOOK_MS : false),
      },
    ),
  );
}

export function useRun(id: string) {
  const query = useQuery(
    api.rebalancing.show.queryOptions(
      { id },
      { staleTime: 0, refetchInterval: ({ state }) => (isUnderway(state.data) ? LOOK_MS : false) },
    ),
  );
  useRefreshedAfter(query.data?.state);
  return query;
}

/** What a run leaves behind when it ends is asked for then. */
function useRefreshedAfter(state: RebalancingRunSummary["state"] | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (state === undefined || state === "underway") return;
    for (const queryKey of [api.rebalancing.runs.pathKey(), api.proposals.pathKey()])
      void queries.invalidateQueries({ queryKey });
  }, [state, queries]);
}

export function useOutcomes() {
  return useQuery(api.rebalancing.outcomes.queryOptions());
}

function useRefreshed() {
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: api.rebalancing.pathKey() }) };
}

export function useStartRun() {
  return useMutation(api.rebalancing.start.mutationOptions(useRefreshed()));
}

export function useCancelRun() {
  return useMutation(api.rebalancing.cancel.mutationOptions(useRefreshed()));
}

export function useChangeSchedule() {
  return useMutation(api.rebalancing.changeSettings.mutationOptions(useRefreshed()));
}
