/** What a chart can be in. "stale" still shows the last figures, faded; "kept" shows them because the update failed. */
export type ChartState =
  | { readonly kind: "loading" }
  | { readonly kind: "ready" }
  | { readonly kind: "stale" }
  | { readonly kind: "kept"; readonly retry: () => void }
  | { readonly kind: "error"; readonly error: unknown; readonly retry: () => void };

interface Asked {
  readonly data: unknown;
  readonly error: unknown;
  readonly isError: boolean;
  readonly isPlaceholderData: boolean;
  refetch(): unknown;
}

/** The state of the charts that stand on one question to the server. */
export function chartStateOf(query: Asked): ChartState {
  const retry = () => {
    query.refetch();
  };
  if (query.data === undefined) {
    return query.isError ? { kind: "error", error: query.error, retry } : { kind: "loading" };
  }
  if (query.isError) return { kind: "kept", retry };
  return query.isPlaceholderData ? { kind: "stale" } : { kind: "ready" };
}
