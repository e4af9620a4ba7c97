import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  COMPARED_MODELS,
  type DateRange,
  type ModelName,
  type ProposeInput,
  type RefusedFilter,
} from "@touchline/server/contract";
import { api } from "./api.ts";

/** The few that are always compared, and the one that was chosen. */
export function useModelComparison(range: DateRange, chosen: ModelName) {
  const models = [...new Set<ModelName>([...COMPARED_MODELS, chosen])];
  return useQuery(api.attribution.compare.queryOptions({ range, models }, { placeholderData: keepPreviousData }));
}

export function useCurves(isWanted = true) {
  return useQuery(api.planning.curves.queryOptions(undefined, { enabled: isWanted }));
}

export function usePlan(limits: ProposeInput) {
  return useQuery(api.planning.propose.queryOptions(limits, { placeholderData: keepPreviousData }));
}

export function useHealth() {
  return useQuery(api.data.health.queryOptions());
}

export function useFreshness() {
  return useQuery(api.data.freshness.queryOptions());
}

export function useReceivedByDay() {
  return useQuery(api.data.receivedByDay.queryOptions());
}

export function useImports(page: number) {
  return useQuery(api.data.imports.queryOptions({ page }, { placeholderData: keepPreviousData }));
}

export function useRefused(filter: RefusedFilter, page: number) {
  return useQuery(api.data.rejected.queryOptions({ ...filter, page }, { placeholderData: keepPreviousData }));
}

export function useRefusedReasons(state: RefusedFilter["state"]) {
  return useQuery(
    api.data.rejectedReasons.queryOptions(state === undefined ? {} : { state }, { placeholderData: keepPreviousData }),
  );
}

/** Whatever stands on the data is asked again once refused rows were replayed or discarded. */
export function useReplay() {
  const queries = useQueryClient();
  return useMutation(api.data.replay.mutationOptions({ onSettled: () => queries.invalidateQueries() }));
}

export function useDiscard() {
  const queries = useQueryClient();
  return useMutation(api.data.discard.mutationOptions({ onSettled: () => queries.invalidateQueries() }));
}
