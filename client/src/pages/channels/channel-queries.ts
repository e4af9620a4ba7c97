import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ChannelRules } from "@touchline/server/contract";
import { useEffect } from "react";
import { api } from "../../app/api.ts";

export function useChannelRules() {
  return useQuery(api.channels.read.queryOptions());
}

const TYPING_MS = 250;

/** What other rules would do, asked a moment after the last change; nothing while there is no change. */
export function useTrial(rules: ChannelRules | null) {
  const trial = useMutation(api.channels.try.mutationOptions());
  const { mutate, reset } = trial;
  const asked = JSON.stringify(rules);
  useEffect(() => {
    const wanted = JSON.parse(asked) as ChannelRules | null;
    if (wanted === null) return reset();
    const timer = setTimeout(() => mutate({ rules: wanted }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [asked, mutate, reset]);
  return trial;
}

function useRulesShown() {
  const queries = useQueryClient();
  return (page: Awaited<ReturnType<NonNullable<ReturnType<typeof api.channels.save.mutationOptions>["mutationFn"]>>>) =>
    queries.setQueryData(api.channels.read.queryKey(), page);
}

export function useSaveRules() {
  return useMutation(api.channels.save.mutationOptions({ onSuccess: useRulesShown() }));
}

export function useResetRules() {
  return useMutation(api.channels.reset.mutationOptions({ onSuccess: useRulesShown() }));
}
