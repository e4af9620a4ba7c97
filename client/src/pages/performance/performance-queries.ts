import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { BreakdownInput, DateRange, MovementMeasure, ResultScope } from "@touchline/server/contract";
import { api } from "../../app/api.ts";

/** Every card keeps its last figures on screen while the next ones are on their way. */
export function usePerformance(scope: ResultScope, channels: readonly string[]) {
  const asked = { ...scope, channels: [...channels] };
  return useQuery(api.performance.overview.queryOptions(asked, { placeholderData: keepPreviousData }));
}

export function useBreakdown(asked: BreakdownInput) {
  return useQuery(api.performance.breakdown.queryOptions(asked, { placeholderData: keepPreviousData }));
}

/** Curves may have to be fitted first: the table does not wait for them. */
export function useMarginals(byCampaign: boolean, isWanted: boolean) {
  return useQuery(
    api.performance.marginals.queryOptions({ byCampaign }, { enabled: isWanted, placeholderData: keepPreviousData }),
  );
}

export interface AskedMovement {
  readonly scope: ResultScope;
  readonly compare: DateRange | null;
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly measure: MovementMeasure;
}

export function useMovement({ scope, compare, channel, campaign, measure }: AskedMovement, isWanted: boolean) {
  return useQuery(
    api.performance.movement.queryOptions(
      { ...scope, compare: compare ?? scope.range, channel, campaign, measure },
      { enabled: isWanted && compare !== null },
    ),
  );
}

export function useClaims(scope: ResultScope) {
  const asked = { ...scope, compare: null };
  return useQuery(api.performance.claims.queryOptions(asked, { placeholderData: keepPreviousData }));
}
