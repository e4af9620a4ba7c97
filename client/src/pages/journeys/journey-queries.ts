import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { FlowEnd, JourneySelection, PathOrder, StepLevel } from "@touchline/server/contract";
import { api } from "../../app/api.ts";

const KEPT = { placeholderData: keepPreviousData };

export function useJourneySummary(selection: JourneySelection) {
  return useQuery(api.journeys.summary.queryOptions(selection, KEPT));
}

export function useJourneyLengths(selection: JourneySelection) {
  return useQuery(api.journeys.lengths.queryOptions(selection, KEPT));
}

export function useJourneyFlow(selection: JourneySelection, shown: { end: FlowEnd; steps: number }) {
  return useQuery(api.journeys.flow.queryOptions({ ...selection, ...shown }, KEPT));
}

export interface PathsShown {
  readonly by: StepLevel;
  readonly collapse: boolean;
  readonly orderBy: PathOrder;
  readonly page: number;
}

export function useJourneyPaths(selection: JourneySelection, shown: PathsShown) {
  return useQuery(api.journeys.paths.queryOptions({ ...selection, ...shown }, KEPT));
}

export function useJourneyPositions(selection: JourneySelection, by: StepLevel) {
  return useQuery(api.journeys.positions.queryOptions({ ...selection, by }, KEPT));
}
