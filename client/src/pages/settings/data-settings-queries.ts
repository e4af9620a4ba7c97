import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function useDataSettings() {
  return useQuery(api.settings.read.queryOptions(undefined, { staleTime: 0 }));
}

/** Days, books and thresholds stand behind every figure: all of them are asked again. */
export function useChangeSetting() {
  const queries = useQueryClient();
  return useMutation(
    api.settings.change.mutationOptions({
      onSuccess: (settings) => {
        queries.setQueryData(api.settings.read.queryKey(), settings);
        void queries.invalidateQueries({ predicate: ({ queryKey }) => !isSettings(queryKey) });
      },
    }),
  );
}

function isSettings(key: readonly unknown[]): boolean {
  return Array.isArray(key[0]) && key[0][0] === "settings";
}
