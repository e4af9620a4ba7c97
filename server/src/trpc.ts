import { initTRPC } from "@trpc/server";
import { publicMessage } from "./http/public-error.ts";
import type { Workspace } from "./workspace.ts";

/** What every procedure receives: a workspace handle that is already bound to one workspace. */
export interface RequestContext {
  readonly workspace: Workspace;
  /** For files that live as long as a request. */
  readonly spoolFolder: string;
}

const trpc = initTRPC.context<RequestContext>().create({
  isDev: false, // Traces of the inside stay inside.
  errorFormatter: ({ shape, error }) => ({ ...shape, message: publicMessage(error) }),
});

export const router = trpc.router;
export const procedure = trpc.procedure;
