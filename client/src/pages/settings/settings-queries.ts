import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function useTeam() {
  return useQuery(api.team.members.queryOptions(undefined, { staleTime: 0 }));
}

function useTeamRefreshed() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: api.team.pathKey() });
}

export function useInvite() {
  return useMutation(api.team.invite.mutationOptions({ onSuccess: useTeamRefreshed() }));
}

export function useWithdrawInvitation() {
  return useMutation(api.team.withdrawInvitation.mutationOptions({ onSettled: useTeamRefreshed() }));
}

export function useChangeRole() {
  return useMutation(api.team.changeRole.mutationOptions({ onSettled: useTeamRefreshed() }));
}

export function useRemoveMember() {
  return useMutation(api.team.remove.mutationOptions({ onSettled: useTeamRefreshed() }));
}

export function useKeys() {
  return useQuery(api.keys.list.queryOptions(undefined, { staleTime: 0 }));
}

function useKeysRefreshed() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: api.keys.pathKey() });
}

/** The answer holds the key: it leaves the memory of the page with the card that shows it. */
export function useCreateKey() {
  return useMutation(api.keys.create.mutationOptions({ gcTime: 0, onSuccess: useKeysRefreshed() }));
}

export function useRevokeKey() {
  return useMutation(api.keys.revoke.mutationOptions({ onSettled: useKeysRefreshed() }));
}

export function usePolicies() {
  return useQuery(api.policies.read.queryOptions(undefined, { staleTime: 0 }));
}

export function useChangePolicies() {
  const queries = useQueryClient();
  return useMutation(
    api.policies.change.mutationOptions({
      onSuccess: () => void queries.invalidateQueries({ queryKey: api.policies.pathKey() }),
    }),
  );
}
