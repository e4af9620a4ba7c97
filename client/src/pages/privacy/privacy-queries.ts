import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../app/api.ts";

export function usePrivacyOverview() {
  return useQuery(api.privacy.overview.queryOptions());
}

export function useRequests() {
  return useQuery(api.privacy.requests.queryOptions());
}

/** A request leaves a row, and may change what is stored. */
function useRefreshed() {
  const queries = useQueryClient();
  return { onSettled: () => queries.invalidateQueries({ queryKey: api.privacy.pathKey() }) };
}

/** The identifier travels in the body of a request, never in an address. */
export function usePreview() {
  return useMutation(api.privacy.previewErasure.mutationOptions());
}

export function useErase() {
  return useMutation(api.privacy.erase.mutationOptions(useRefreshed()));
}

export function useExportPerson() {
  return useMutation(api.privacy.exportPerson.mutationOptions(useRefreshed()));
}

export function useWithdrawConsent() {
  return useMutation(api.privacy.withdraw.mutationOptions(useRefreshed()));
}
