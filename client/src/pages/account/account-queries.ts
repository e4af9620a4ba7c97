import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { account } from "../../app/api.ts";

export function useSessions() {
  return useQuery(account.sessions.queryOptions(undefined, { staleTime: 0, refetchOnWindowFocus: true }));
}

function useRefreshed(queryKey: readonly unknown[]) {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey });
}

export function useRevokeSession() {
  return useMutation(account.revokeSession.mutationOptions({ onSettled: useRefreshed(account.sessions.queryKey()) }));
}

export function useRevokeOtherSessions() {
  return useMutation(
    account.revokeOtherSessions.mutationOptions({ onSettled: useRefreshed(account.sessions.queryKey()) }),
  );
}

export function useRename() {
  return useMutation(account.rename.mutationOptions({ onSuccess: useRefreshed(account.me.queryKey()) }));
}

/** A new password signs out every other browser. */
export function useChangePassword() {
  return useMutation(account.changePassword.mutationOptions({ onSuccess: useRefreshed(account.sessions.queryKey()) }));
}

/** The answer is a secret: it leaves the memory of the page with the card that shows it. */
export function useSetUpSecondFactor() {
  return useMutation(account.setUpSecondFactor.mutationOptions({ gcTime: 0 }));
}

export function useConfirmSecondFactor() {
  return useMutation(account.confirmSecondFactor.mutationOptions({ onSuccess: useRefreshed(account.me.queryKey()) }));
}

export function useRemoveSecondFactor() {
  return useMutation(account.removeSecondFactor.mutationOptions({ onSuccess: useRefreshed(account.me.queryKey()) }));
}
