import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function useCampaigns() {
  return useQuery(api.activation.campaigns.queryOptions(undefined, { staleTime: 0 }));
}

/** Answers only once the list says what was saved: a row that closes before would show what it had. */
export function useChangeCampaign() {
  const queries = useQueryClient();
  return useMutation(
    api.activation.changeCampaigns.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.activation.campaigns.queryKey() }),
    }),
  );
}
