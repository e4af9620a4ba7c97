import { useMutation } from "@tanstack/react-query";
import { account } from "./api.ts";

/** Leaves the page too: nothing of the person stays in it. */
export function useSignOut() {
  return useMutation(account.signOut.mutationOptions({ onSuccess: () => window.location.replace("/sign-in") }));
}
