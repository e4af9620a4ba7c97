import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DecidedSplit } from "@touchline/server/contract";
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
  return {
    onSettled: async () => {
      const paths = [api.proposals.pathKey(), api.rebalancing.pathKey(), api.activation.pathKey()];
      await Promise.all(paths.map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  };
}

export function usePropose() {
  return useMutation(api.proposals.propose.mutationOptions({ ...useRefreshed() }));
}

export function useComments(id: string) {
  return useQuery(api.proposals.comments.queryOptions({ id }, { staleTime: 0 }));
}

export function useComment() {
  return useMutation(api.proposals.comment.mutationOptions(useRefreshed()));
}

/** An approved plan on its way to the platforms. */
export function useActivation(proposalId: string) {
  return useQuery(api.activation.show.queryOptions({ proposalId }, { staleTime: 0 }));
}

export function useMarkSent() {
  return useMutation(api.activation.markSent.mutationOptions(useRefreshed()));
}

export function useWayBack() {
  return useMutation(api.activation.wayBack.mutationOptions(useRefreshed()));
}

export function useApprove() {
  return useMutation(api.proposals.approve.mutationOptions(useRefreshed()));
}

/** What other amounts are worth; asked for once they are whole. */
export function useWeighed(id: string, split: DecidedSplit, isWhole: boolean) {
  return useQuery(api.proposals.weigh.queryOptions({ id, split }, { enabled: isWhole, retry: false }));
}

export function useReject() {
  return useMutation(api.proposals.reject.mutationOptions(useRefreshed()));
}

export function useWithdraw() {
  return useMutation(api.proposals.withdraw.mutationOptions(useRefreshed()));
}
