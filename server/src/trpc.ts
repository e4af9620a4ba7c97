import { WarehouseAway } from "@touchline/sql";
import { initTRPC, TRPCError } from "@trpc/server";
import { type Accounts, type RequestFacts, requireMember, requireSignedIn, type SignedIn } from "./accounts/index.ts";
import type { Answers, Ground } from "./answers/index.ts";
import type { Right } from "./contract/index.ts";
import { publicMessage, sentenceIn } from "./http/public-error.ts";
import { runProcedure, timeProcedure } from "./observe-procedures.ts";
import type { Workspace } from "./workspace.ts";

/** What a procedure is for: anybody at all, whoever is signed in, or members of a workspace whose role has this right. */
export type Access = "anyone" | "self" | Right;

/** A request before it is known what it may do. */
export interface RequestContext {
  readonly accounts: Accounts;
  readonly request: RequestFacts;
  /** Who is signed in; null for nobody. */
  readonly who: SignedIn | null;
  /** The workspace that the request names, whether or not it may. */
  readonly workspaceName: string | null;
  /** Opens a workspace for pages: to be called once membership is proved. */
  readonly openWorkspace: (name: string) => Promise<Workspace>;
  /** Waits until one of the asker's share of the server is free. */
  readonly inTurn: <T>(userId: string, work: () => Promise<T>) => Promise<T>;
  /** The answers that all members of a workspace get alike. */
  readonly answers: Answers;
  readonly isDemo: boolean;
  /** Signs this machine's own browser in where the server shows the simulated shop; null everywhere else. */
  readonly enterDemo: () => Promise<SignedIn | null>;
  /** For files that live as long as a request. */
  readonly spoolFolder: string;
  readonly dataFolder: string;
}

const trpc = initTRPC
  .context<RequestContext>()
  .meta<{ access: Access; standsOn?: Ground }>()
  .create({
    isDev: false, // Traces of the inside stay inside.
    errorFormatter: ({ shape, error, ctx }) => ({ ...shape, message: publicMessage(error, ctx?.request.id) }),
  });

export const router = trpc.router;

/** A sentence for people is theirs to act on: it is no failure of the server. */
const procedure = trpc.procedure.use(async ({ ctx, type, path, next }) => {
  const ended = timeProcedure(path);
  const result = await runProcedure(path, next);
  ended(result.ok ? "ok" : result.error.code);
  if (type === "mutation") ctx.answers.forget();
  const cause = result.ok ? null : sentenceIn(result.error.cause);
  if (cause === null) return result;
  // Nobody's question is at fault where the warehouse is away: the page says so, and asks again.
  const code = cause instanceof WarehouseAway ? "SERVICE_UNAVAILABLE" : "BAD_REQUEST";
  throw new TRPCError({ code, message: cause.message, cause });
});

/** Needs no sign-in: signing in itself. */
export const forAnyone = procedure.meta({ access: "anyone" });

/** Who reads an answer. */
type Reader = Awaited<ReturnType<typeof requireMember>>["member"];

const signedIn = trpc.middleware(({ ctx, next }) => {
  return next({ ctx: { who: requireSignedIn(ctx.who) } });
});

/** What people do about themselves. */
export const forSelf = procedure.meta({ access: "self" }).use(signedIn);

/**
 * For members whose role has the right. Membership is proved first; the procedure receives handles that are bound to that workspace,
 * and no other ones.
 * @param standsOn for a question that every member gets the same answer to: it is worked out once, until what it stands on has changed
 * @param forReader adds to that answer, without changing it, what is the reader's own
 */
export function allowed(right: Right, standsOn?: Ground, forReader?: (answer: unknown, reader: Reader) => unknown) {
  return procedure
    .meta(standsOn === undefined ? { access: right } : { access: right, standsOn })
    .use(signedIn)
    .use(async ({ ctx, path, getRawInput, next }) => {
      const { accounts, who, workspaceName, request } = ctx;
      const proved = await requireMember(accounts, who, workspaceName, right, request);
      const workspace = await ctx.openWorkspace(proved.store.workspaceId);
      const own = { ...proved, workspace };
      if (standsOn === undefined) return ctx.inTurn(who.id, () => next({ ctx: own }));
      const asked = { workspace, store: proved.store, path, input: await getRawInput(), ground: standsOn };
      const workBy = async (handle: Workspace) => {
        const result = await next({ ctx: { ...own, workspace: handle } });
        if (!result.ok) throw result.error;
        // The library leaves the asker's context in it, and what is kept is nobody's.
        const { ctx: _, ...answer } = result as typeof result & { ctx?: unknown };
        return answer;
      };
      const found = await ctx.answers.find(asked, () => ctx.inTurn(who.id, () => workBy(workspace)), workBy);
      return forReader === undefined ? found : { ...found, data: forReader(found.data, proved.member) };
    });
}

/**
 * The same for what changes something outside the store of accounts: told to the audit once it is done, with what was asked for.
 * @param action as the audit names it, `rejected.replay`
 * @param subject what kind of thing it acts on; its id is the input's `id`, `run` or `experimentId`, where it has one
 */
export function acting(right: Right, action: string, subject: string) {
  return allowed(right).use(async ({ ctx, next, getRawInput }) => {
    const result = await next();
    if (result.ok) {
      const after = (await getRawInput()) as Record<string, unknown> | undefined;
      const id = String(after?.id ?? after?.run ?? after?.experimentId ?? "");
      await ctx.store.audit({ actor: ctx.actor, action, subject: { kind: subject, id }, after });
    }
    return result;
  });
}
