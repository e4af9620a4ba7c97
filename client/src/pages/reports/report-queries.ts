import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ModelName, MonthSpan, ReportLevel, RoiReportInput } from "@touchline/server/contract";
import { api } from "../../app/api.ts";
import type { WorkspaceView } from "../../app/workspace-context.ts";

/** What the page asks for. A report compares with the days before or with a year before; 52 weeks are taken for the year. */
export function reportInput(
  { range, comparison, compared }: Pick<WorkspaceView, "range" | "comparison" | "compared">,
  { level, model }: { readonly level: ReportLevel; readonly model: ModelName },
): RoiReportInput {
  const compare = compared === null ? "none" : comparison === "weekdays" ? "year" : comparison;
  return { range, level, model, compare };
}

export function useReport(input: RoiReportInput) {
  return useQuery(api.reports.roi.queryOptions(input, { placeholderData: keepPreviousData }));
}

const LOOK_AGAIN_MS = 1_000;

/** How far the models are that are being worked out; null where none is. */
export function useModelsShare(): number | null {
  const { data } = useQuery(
    api.runs.list.queryOptions({ limit: 20 }, { refetchInterval: LOOK_AGAIN_MS, staleTime: 0, gcTime: 0 }),
  );
  const shares = (data?.runs ?? []).flatMap(({ progress }) => progress?.share ?? []);
  return shares.length === 0 ? null : Math.min(...shares);
}

export function useSchedules() {
  return useQuery(api.reports.schedules.queryOptions());
}

/** Whatever stands on reports is asked for again. */
function useRefreshed() {
  const queries = useQueryClient();
  return { onSuccess: () => queries.invalidateQueries({ queryKey: api.reports.pathKey() }) };
}

export function useAddSchedule() {
  return useMutation(api.reports.addSchedule.mutationOptions(useRefreshed()));
}

export function useRemoveSchedule() {
  return useMutation(api.reports.removeSchedule.mutationOptions(useRefreshed()));
}

export function useSendNow() {
  return useMutation(api.reports.sendNow.mutationOptions());
}

export function useMonths() {
  return useQuery(api.reports.months.queryOptions());
}

export function useCloseMonth() {
  return useMutation(api.reports.close.mutationOptions(useRefreshed()));
}

export function useReopenMonth() {
  return useMutation(api.reports.reopen.mutationOptions(useRefreshed()));
}

export function usePlanActual(span: MonthSpan) {
  return useQuery(api.reports.planActual.queryOptions(span, { placeholderData: keepPreviousData }));
}

export function useLedger(span: MonthSpan) {
  return useQuery(api.reports.ledger.queryOptions(span, { placeholderData: keepPreviousData }));
}

export function useAddEntry() {
  return useMutation(api.reports.addEntry.mutationOptions(useRefreshed()));
}

export function useRemoveEntry() {
  return useMutation(api.reports.removeEntry.mutationOptions(useRefreshed()));
}

export function useFinance() {
  return useQuery(api.reports.finance.queryOptions());
}

export function useChangeFinance() {
  return useMutation(api.reports.changeFinance.mutationOptions(useRefreshed()));
}
