import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../../app/api.ts";

export function useWebhooks() {
  return useQuery(api.notifications.webhooks.queryOptions(undefined, { staleTime: 0 }));
}

export function useDeliveries() {
  return useQuery(api.notifications.deliveries.queryOptions(undefined, { staleTime: 0 }));
}

function useRefreshed() {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries({ queryKey: api.notifications.pathKey() });
}

/** The answer holds the secret: it leaves the memory of the page with the card that shows it. */
export function useCreateWebhook() {
  return useMutation(api.notifications.createWebhook.mutationOptions({ gcTime: 0, onSuccess: useRefreshed() }));
}

export function useRemoveWebhook() {
  return useMutation(api.notifications.removeWebhook.mutationOptions({ onSettled: useRefreshed() }));
}

export function useTestWebhook() {
  return useMutation(api.notifications.testWebhook.mutationOptions({ onSettled: useRefreshed() }));
}

export function useSendAgain() {
  return useMutation(api.notifications.sendAgain.mutationOptions({ onSettled: useRefreshed() }));
}
