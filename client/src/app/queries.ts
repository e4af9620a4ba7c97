import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type DateRange, MODEL_NAMES, type ModelName, type ProposeInput } from "@touchline/server/contract";
import { api } from "./api.ts";

/** Every page keeps its last figures on screen while the next ones are on their way. */
export function useOverview(range: DateRange, model: ModelName) {
  return useQuery(api.performance.overview.queryOptions({ range, model }, { placeholderData: keepPreviousData }));
}

export function useModelComparison(range: DateRange) {
  return useQuery(
    api.attribution.compare.queryOptions({ range, models: [...MODEL_NAMES] }, { placeholderData: keepPreviousData }),
  );
}

export function useCurves(isWanted = true) {
  return useQuery(api.planning.curves.queryOptions(undefined, { enabled: isWanted }));
}

export function usePlan(limits: ProposeInput) {
  return useQuery(api.planning.propose.queryOptions(limits, { placeholderData: keepPreviousData }));
}
