import { type InvalidateOptions, type InvalidateQueryFilters, QueryClient, type QueryKey } from "@tanstack/react-query";

/**
 * What is invalidated is asked again even where its first answer is still on its way. The library lets that first question go
 * on instead: an answer from before a change would come in after it and count as fresh.
 */
export class FreshQueryClient extends QueryClient {
  override async invalidateQueries<Key extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<Key>,
    options?: InvalidateOptions,
  ): Promise<void> {
    if (filters?.refetchType !== "none") {
      const first = this.getQueryCache()
        .findAll({ ...filters, fetchStatus: "fetching" })
        .filter(({ state }) => state.data === undefined);
      await Promise.all(first.map((query) => query.cancel({ revert: true, silent: true })));
    }
    return super.invalidateQueries(filters, options);
  }
}
