import { useNavigate, useSearch } from "@tanstack/react-router";
import type { PerformanceSearch } from "./performance-search.ts";

type Change = { [K in keyof PerformanceSearch]?: PerformanceSearch[K] | undefined };

/** What the page shows, and how to change it: what a reader chose stands in the address, without a step back for each choice. */
export function usePerformanceSearch(): { search: PerformanceSearch; change(change: Change): void } {
  const search = useSearch({ from: "/performance" });
  const navigate = useNavigate({ from: "/performance" });
  return {
    search,
    change: (change) =>
      void navigate({
        search: (before) => ({ ...before, ...change }) as typeof before,
        replace: true,
        resetScroll: false,
      }),
  };
}
