import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Annotation, DateRange } from "@touchline/server/contract";
import { api } from "../app/api.ts";

const NONE: readonly Annotation[] = [];

/** What stands beside days. Charts of the same days share one request; without an answer a chart stands as it is. */
export function useAnnotations(days: readonly string[]): readonly Annotation[] {
  const [from, to] = [days[0], days.at(-1)];
  const range: DateRange | null = from === undefined || to === undefined ? null : { from, to };
  const { data } = useQuery(
    api.annotations.list.queryOptions(
      { range: range ?? { from: "1970-01-01", to: "1970-01-01" } },
      { enabled: range !== null, placeholderData: keepPreviousData },
    ),
  );
  return data?.annotations ?? NONE;
}
