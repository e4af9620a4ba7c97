import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function usePacing(month: string | null, on: string | null) {
  return useQuery(api.pacing.show.queryOptions({ month, on }, { placeholderData: keepPreviousData }));
}

/** Whatever stands on budgets is asked for again. */
function useRefreshed() {
  const queries = useQueryClient();
  return { onSuccess: () => queries.invalidateQueries({ queryKey: api.pacing.pathKey() }) };
}

export function useSetBudgets() {
  return useMutation(api.pacing.setBudgets.mutationOptions(useRefreshed()));
}

export function useCopyMonth() {
  return useMutation(api.pacing.copyMonth.mutationOptions(useRefreshed()));
}
