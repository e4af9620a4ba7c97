import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoalSeekInput, WeeksInput } from "@touchline/server/contract";
import { api } from "../../app/api.ts";
import type { Limits } from "./limits.ts";

/** Studies take longer than a plan does: each asks for itself, and keeps its last answer on screen meanwhile. */
const STUDY = { placeholderData: keepPreviousData } as const;

/** What a goal, a worth or a capacity can be chosen from hardly changes while a page is open. */
const CHOICES_ARE_FRESH_MS = 3_600_000;

export function useChoices(isWanted: boolean) {
  return useQuery(api.planning.choices.queryOptions(undefined, { enabled: isWanted, staleTime: CHOICES_ARE_FRESH_MS }));
}

export function useFrontier(limits: Limits, isWanted: boolean) {
  return useQuery(api.planning.frontier.queryOptions({ limits }, { ...STUDY, enabled: isWanted }));
}

/** One spend of one channel, tried while a bar is moved. */
export function useTrial(limits: Limits, trial: { readonly channel: string; readonly spend: number } | null) {
  const asked = trial ?? { channel: "", spend: 0 };
  const input = { limits, channel: asked.channel, spends: [asked.spend] };
  return useQuery(api.planning.whatIf.queryOptions(input, { ...STUDY, enabled: trial !== null }));
}

/** Every spend of one channel. */
export function useWhatIf(limits: Limits, channel: string) {
  return useQuery(api.planning.whatIf.queryOptions({ limits, channel }, STUDY));
}

export function useGoalSeek(input: GoalSeekInput | null, limits: Limits) {
  const asked = input ?? ({ limits, seek: { type: "least-spend", target: 1 } } satisfies GoalSeekInput);
  return useQuery(api.planning.goalSeek.queryOptions(asked, { ...STUDY, enabled: input !== null }));
}

export function useWeeks(input: WeeksInput) {
  return useQuery(api.planning.weeks.queryOptions(input, STUDY));
}

export function useScenarios() {
  return useQuery(api.planning.scenarios.list.queryOptions());
}

export function useComparison(ids: readonly string[]) {
  return useQuery(
    api.planning.scenarios.compare.queryOptions(
      { ids: [...ids], recompute: true },
      { ...STUDY, enabled: ids.length > 0 },
    ),
  );
}

/** The list, and what the plan says of the scenario saved last, are asked again once one was saved or renamed. */
function useRefreshed() {
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: api.planning.scenarios.pathKey() });
    void queries.invalidateQueries({ queryKey: api.planning.propose.queryKey() });
  };
}

export function useSaveScenario() {
  return useMutation(api.planning.scenarios.save.mutationOptions({ onSuccess: useRefreshed() }));
}

export function useRenameScenario() {
  return useMutation(api.planning.scenarios.rename.mutationOptions({ onSuccess: useRefreshed() }));
}

/** It leaves the list first: a comparison that still stood on the screen with it would ask for what is gone. */
export function useRemoveScenario() {
  const queries = useQueryClient();
  const list = api.planning.scenarios.list.queryKey();
  return useMutation(
    api.planning.scenarios.remove.mutationOptions({
      onSuccess: (_, { id: removed }) => {
        queries.setQueryData(list, (known) => known?.filter(({ id }) => id !== removed));
        void queries.invalidateQueries({ queryKey: list });
        void queries.invalidateQueries({ queryKey: api.planning.propose.queryKey() });
      },
    }),
  );
}
