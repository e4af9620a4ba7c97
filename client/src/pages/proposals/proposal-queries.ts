import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function useProposals() {
  return useQuery(api.proposals.list.queryOptions());
}

export function useProposal(id: string) {
  return useQuery(api.proposals.show.queryOptions({ id }));
}

/** Whether larger plans take a second person. */
export function usePolicies() {
  return useQuery(api.policies.read.queryOptions());
}

/** What was decided, by whoever was faster, is asked for before the decision counts as made. */
function useRefreshed() {
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: api.proposals.pathKey() }) };
}

export function usePropose() {
  return useMutation(api.proposals.propose.mutationOptions({ ...useRefreshed() }));
}

export function useApprove() {
  return useMutation(api.proposals.approve.mutationOptions(useRefreshed()));
}

export function useReject() {
  return useMutation(api.proposals.reject.mutationOptions(useRefreshed()));
}

export function useWithdraw() {
  return useMutation(api.proposals.withdraw.mutationOptions(useRefreshed()));
}
