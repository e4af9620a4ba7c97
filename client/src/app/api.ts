import { QueryClient } from "@tanstack/react-query";
import type { AppRouter } from "@touchline/server/router";
import { createTRPCClient, httpBatchLink, httpLink, splitLink, TRPCClientError } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";

/** Why a question went unanswered, as far as somebody in front of the page can act on it. */
export type Failure = { kind: "offline" } | { kind: "refused"; reason: string } | { kind: "broken"; reason: string };

export function explainFailure(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return { kind: "broken", reason: String(error) };
  const status: unknown = error.data?.httpStatus;
  if (typeof status !== "number") return { kind: "offline" };
  return { kind: status < 500 ? "refused" : "broken", reason: error.message };
}

/** A refused question stays refused: only what may pass by itself is asked a second time. */
function isWorthRetrying(failureCount: number, error: unknown): boolean {
  return failureCount < 1 && explainFailure(error).kind !== "refused";
}

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 60_000, retry: isWorthRetrying, retryDelay: 800, networkMode: "always" } },
});

/** Long addresses are cut into several requests well before the 16 KB that Node accepts of headers. */
const MAX_URL_LENGTH = 6_000;

/** Questions go together in one request, and are answered together: one that takes long asks for a request of its own. */
export const ALONE = { trpc: { context: { isAlone: true } } };

const client = createTRPCClient<AppRouter>({
  links: [
    splitLink({
      condition: ({ context }) => context.isAlone === true,
      true: httpLink({ url: "/trpc" }),
      false: httpBatchLink({ url: "/trpc", maxURLLength: MAX_URL_LENGTH }),
    }),
  ],
});

export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient });
