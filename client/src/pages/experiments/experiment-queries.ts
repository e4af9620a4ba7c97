import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { AnalyseInput, DesignInput } from "@touchline/server/contract";
import { api } from "../../app/api.ts";

export function useExperiments() {
  return useQuery(api.experiments.list.queryOptions());
}

/** May take as long as a fit, and questions that are asked together are answered together: so it is asked after the others. */
export function useTestSuggestions(isWanted: boolean) {
  return useQuery(api.experiments.suggest.queryOptions(undefined, { enabled: isWanted }));
}

export function useRegions() {
  return useQuery(api.experiments.regions.queryOptions());
}

/** Worked out only once somebody has asked for it. */
export function useDesign(asked: DesignInput | null) {
  return useQuery(api.experiments.design.queryOptions(asked ?? skipToken, { placeholderData: keepPreviousData }));
}

export function useAnalysis(asked: AnalyseInput | null) {
  return useQuery(api.experiments.analyse.queryOptions(asked ?? skipToken, { placeholderData: keepPreviousData }));
}

/** A test that is kept changes what stands on tests, and the ledger. */
export function useAddExperiment() {
  const queries = useQueryClient();
  return useMutation(api.experiments.add.mutationOptions({ onSuccess: () => queries.invalidateQueries() }));
}

export function useKeepAnalysis() {
  const queries = useQueryClient();
  return useMutation(api.experiments.keep.mutationOptions({ onSuccess: () => queries.invalidateQueries() }));
}
