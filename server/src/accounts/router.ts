import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { z } from "zod";
import {
  AcceptLink,
  ById,
  ChangePassword,
  CreateWorkspace,
  Done,
  LinkFacts,
  LinkToken,
  Me,
  RemoveSecondFactor,
  RenameMe,
  RequestReset,
  SecondFactorSetup,
  SessionList,
  SignIn,
  SignInOutcome,
  SignInWithCode,
  WithPassword,
} from "../contract/index.ts";
import { users } from "../store/index.ts";
import { forAnyone, forSelf, router } from "../trpc.ts";
import { acceptLink, describeLink, requestReset } from "./accept-link.ts";
import { auditOwnAct } from "./audit-acts.ts";
import { createWorkspace } from "./create-workspace.ts";
import { describeMe } from "./me.ts";
import { requireGoodPassword } from "./password-rules.ts";
import { changePassword, confirmSecondFactor, removeSecondFactor, setUpSecondFactor } from "./second-factor.ts";
import { endFormerSession, listSessions, revokeOtherSessions, revokeSession } from "./sessions.ts";
import { signIn, signInWithCode, signOut, startSso } from "./sign-in.ts";

const DONE = {};

/** What people do about themselves: the only procedures that need no workspace. */
export const accountRouter = router({
  me: forAnyone.output(Me).query(async ({ ctx }) => {
    const who = ctx.who ?? (await ctx.enterDemo());
    return describeMe(ctx.accounts, who, ctx.isDemo);
  }),
  signIn: forAnyone
    .input(SignIn)
    .output(SignInOutcome)
    .mutation(async ({ ctx, input }) => {
      const state = await signIn(ctx.accounts, input, ctx.request);
      await endFormerSession(ctx.accounts, ctx.who);
      return { state };
    }),
  signInWithCode: forAnyone
    .input(SignInWithCode)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await signInWithCode(ctx.accounts, input.code, ctx.request);
      return DONE;
    }),
  startSso: forAnyone
    .output(z.object({ url: z.string() }))
    .mutation(async ({ ctx }) => ({ url: await startSso(ctx.accounts, ctx.request) })),
  openLink: forAnyone
    .input(LinkToken)
    .output(LinkFacts)
    // A mutation, although it changes nothing: the token must not stand in an address.
    .mutation(({ ctx, input }) => describeLink(ctx.accounts, input.token)),
  acceptLink: forAnyone
    .input(AcceptLink)
    .output(SignInOutcome)
    .mutation(async ({ ctx, input }) => {
      const state = await acceptLink(ctx.accounts, input, ctx.request);
      await endFormerSession(ctx.accounts, ctx.who);
      return { state };
    }),
  requestReset: forAnyone
    .input(RequestReset)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await requestReset(ctx.accounts, input.email, ctx.request);
      return DONE;
    }),
  signOut: forSelf.output(Done).mutation(async ({ ctx }) => {
    await signOut(ctx.accounts, ctx.who, ctx.request);
    return DONE;
  }),
  sessions: forSelf.output(SessionList).query(({ ctx }) => listSessions(ctx.accounts, ctx.who)),
  revokeSession: forSelf
    .input(ById)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await ctx.accounts.store.transaction(async (tx) => {
        if ((await revokeSession(tx.db, ctx.who, input.id)) === 0)
          throw new TRPCError({ code: "NOT_FOUND", message: "you are not signed in there any more" });
        await auditOwnAct(tx, ctx.who, ctx.request, { action: "session.revoke" });
      });
      return DONE;
    }),
  revokeOtherSessions: forSelf.output(z.object({ revoked: z.number() })).mutation(({ ctx }) =>
    ctx.accounts.store.transaction(async (tx) => {
      const revoked = await revokeOtherSessions(tx.db, ctx.who);
      await auditOwnAct(tx, ctx.who, ctx.request, { action: "session.revoke-others", after: { revoked } });
      return { revoked };
    }),
  ),
  rename: forSelf
    .input(RenameMe)
    .output(Done)
    .mutation(async ({ ctx, input: { name } }) => {
      const names = { before: { name: ctx.who.name }, after: { name } };
      await ctx.accounts.store.transaction(async (tx) => {
        await tx.db.update(users).set({ name, updatedAt: new Date() }).where(eq(users.id, ctx.who.id));
        await auditOwnAct(tx, ctx.who, ctx.request, { action: "account.rename", ...names });
      });
      return DONE;
    }),
  changePassword: forSelf
    .input(ChangePassword)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await requireGoodPassword(input.next, ctx.who.email);
      await changePassword(ctx.accounts, ctx.who, input, ctx.request);
      return DONE;
    }),
  setUpSecondFactor: forSelf
    .input(WithPassword)
    .output(SecondFactorSetup)
    .mutation(({ ctx, input }) => setUpSecondFactor(ctx.accounts, ctx.who, input.password, ctx.request)),
  confirmSecondFactor: forSelf
    .input(SignInWithCode)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await confirmSecondFactor(ctx.accounts, ctx.who, input.code, ctx.request);
      return DONE;
    }),
  removeSecondFactor: forSelf
    .input(RemoveSecondFactor)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeSecondFactor(ctx.accounts, ctx.who, input, ctx.request);
      return DONE;
    }),
  createWorkspace: forSelf
    .input(CreateWorkspace)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await createWorkspace(ctx.accounts, ctx.who, input.id, ctx.request);
      return DONE;
    }),
});
