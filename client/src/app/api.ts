import { MutationCache, QueryCache } from "@tanstack/react-query";
import type { LinkFacts } from "@touchline/server/contract";
import type { AppRouter } from "@touchline/server/router";
import { createTRPCClient, httpBatchStreamLink, httpLink, TRPCClientError } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { FreshQueryClient } from "./fresh-query-client.ts";
import { workspaceOf } from "./place.ts";

/** Why a question went unanswered, as far as somebody in front of the page can act on it. */
export type Failure =
  | { kind: "offline" }
  | { kind: "away"; reason: string }
  | { kind: "refused"; reason: string }
  | { kind: "broken"; reason: string };

/** The server is there; what it keeps its data in is not. */
const SERVICE_UNAVAILABLE = 503;

export function explainFailure(error: unknown): Failure {
  if (!(error instanceof TRPCClientError)) return { kind: "broken", reason: String(error) };
  const status: unknown = error.data?.httpStatus;
  if (typeof status !== "number") return { kind: "offline" };
  if (status === SERVICE_UNAVAILABLE) return { kind: "away", reason: error.message };
  return { kind: status < 500 ? "refused" : "broken", reason: error.message };
}

/** A refused question stays refused: only what may pass by itself is asked a second time. */
function isWorthRetrying(failureCount: number, error: unknown): boolean {
  return failureCount < 1 && explainFailure(error).kind !== "refused";
}

/** What is refused for who somebody is, or was a moment ago: signed out meanwhile, removed from the workspace, another role. */
const REFUSALS_OF_PERSONS: readonly unknown[] = ["UNAUTHORIZED", "FORBIDDEN", "NOT_FOUND"];

/** Asks anew who is looking; the entrance acts on the answer. */
function askWhoIsLooking(error: unknown): void {
  if (!(error instanceof TRPCClientError) || !REFUSALS_OF_PERSONS.includes(error.data?.code)) return;
  void queryClient.invalidateQueries({ queryKey: account.me.queryKey() });
}

export const queryClient = new FreshQueryClient({
  queryCache: new QueryCache({ onError: askWhoIsLooking }),
  mutationCache: new MutationCache({ onError: askWhoIsLooking }),
  defaultOptions: { queries: { staleTime: 60_000, retry: isWorthRetrying, retryDelay: 800, networkMode: "always" } },
});

/** Long addresses are cut into several requests well before the 16 KB that Node accepts of headers. */
const MAX_URL_LENGTH = 6_000;
/** As many as the server takes in one request. */
const MAX_BATCH = 20;

/** Every question names the workspace whose page asks it. */
function nameWorkspace(): Record<string, string> {
  const id = workspaceOf(window.location.pathname);
  return id === null ? {} : { "x-workspace": id };
}

/** Questions go together in one request, and each is answered as soon as its own answer is there: none waits for a slower one. */
const client = createTRPCClient<AppRouter>({
  links: [
    httpBatchStreamLink({ url: "/trpc", maxURLLength: MAX_URL_LENGTH, maxItems: MAX_BATCH, headers: nameWorkspace }),
  ],
});

export const api = createTRPCOptionsProxy<AppRouter>({ client, queryClient });

/** What belongs to a person and to no workspace. Each question goes alone: none of them waits for figures. */
const ownClient = createTRPCClient<AppRouter>({ links: [httpLink({ url: "/trpc" })] });

export const { account } = createTRPCOptionsProxy<AppRouter>({ client: ownClient, queryClient });

/** A mutation on the wire, so that the token stands in no address; a question to the page. */
export function openLink(token: string): Promise<LinkFacts> {
  return ownClient.account.openLink.mutate({ token });
}
