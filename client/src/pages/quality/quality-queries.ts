import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DateRange, ModelName } from "@touchline/server/contract";
import { api } from "../../app/api.ts";

const KEPT = { placeholderData: keepPreviousData };

export function useHeldOut(range: DateRange) {
  return useQuery(api.quality.heldOut.queryOptions({ range }, KEPT));
}

export function useForecast(range: DateRange) {
  return useQuery(api.quality.forecast.queryOptions({ range }, KEPT));
}

export function useChannelsQuality(range: DateRange) {
  return useQuery(api.quality.channels.queryOptions({ range }, KEPT));
}

export function useDisagreement(range: DateRange, a: ModelName, b: ModelName) {
  return useQuery(api.quality.disagreement.queryOptions({ range, a, b }, KEPT));
}
