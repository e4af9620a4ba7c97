import { TRPCError } from "@trpc/server";
import { and, eq, not } from "drizzle-orm";
import type { SecondFactorSetup } from "../contract/index.ts";
import { log } from "../log.ts";
import { sessions } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { auditOwnAct } from "./audit-acts.ts";
import { tokenHash } from "./hash-session-tokens.ts";
import { isRefusal } from "./is-refusal.ts";
import { countGuess } from "./patience.ts";
import { isPasswordOf } from "./people.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { SignedIn } from "./sessions.ts";
import { SIX_DIGITS } from "./sign-in.ts";

async function orSay<T>(work: Promise<T>, message: string): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isRefusal(error)) throw new TRPCError({ code: "BAD_REQUEST", message });
    throw error;
  }
}

const WRONG_PASSWORD = "this is not your password";
const WRONG_CODE = "the code is wrong or was used: take the newest one of the app";

/** Whoever has taken a session over may not guess at the password behind it. */
async function whileGuessing<T>(
  accounts: Accounts,
  who: SignedIn,
  request: RequestFacts,
  work: () => Promise<T>,
): Promise<T> {
  const guess = await countGuess(accounts, request, `own ${who.id}`);
  const result = await work().catch((error: unknown) => {
    if (error instanceof TRPCError) log.warn({ event: "proof-refused", person: who.id, ip: request.ip }, error.message);
    throw error;
  });
  await accounts.throttle.forgive(guess);
  return result;
}

/** Begins with a second factor: it counts from when a code of it was right. */
export async function setUpSecondFactor(
  accounts: Accounts,
  who: SignedIn,
  password: string,
  request: RequestFacts,
): Promise<SecondFactorSetup> {
  if (who.hasSecondFactor)
    throw new TRPCError({ code: "CONFLICT", message: "there is a second factor already: remove it first" });
  return whileGuessing(accounts, who, request, async () => {
    const enabling = accounts.engine.api.enableTwoFactor({
      body: { password },
      ...{ headers: request.headers, returnHeaders: true },
    });
    const { response, headers } = await orSay(enabling, WRONG_PASSWORD);
    request.setCookies(headers.getSetCookie());
    if (!("totpURI" in response)) throw new Error("the library gave no address for the app");
    return { uri: response.totpURI, spareCodes: response.backupCodes };
  });
}

async function requireCode(accounts: Accounts, who: SignedIn, code: string, request: RequestFacts): Promise<void> {
  const { api } = accounts.engine;
  const asked = { body: { code }, headers: request.headers, returnHeaders: true } as const;
  const verifying = SIX_DIGITS.test(code) ? api.verifyTOTP(asked) : api.verifyBackupCode(asked);
  const { headers } = await orSay(verifying, WRONG_CODE);
  if (!(await accounts.useCode(who.id, code))) throw new TRPCError({ code: "BAD_REQUEST", message: WRONG_CODE });
  request.setCookies(headers.getSetCookie());
}

/** The library's answer holds the token of the session before, which is over; the one of the new session stands in its cookie. */
function newTokenOf(headers: Headers): string {
  const value = /session_token=([^;]+)/.exec(headers.getSetCookie().join("\n"))?.[1];
  if (value === undefined) throw new Error("the library began no new session");
  return decodeURIComponent(value).split(".")[0]!;
}

/** From now on a code is asked for. The session that showed one stays, all others end. */
export async function confirmSecondFactor(
  accounts: Accounts,
  who: SignedIn,
  code: string,
  request: RequestFacts,
): Promise<void> {
  const { store, engine } = accounts;
  await whileGuessing(accounts, who, request, async () => {
    const asked = { body: { code }, headers: request.headers, returnHeaders: true } as const;
    const { headers } = await orSay(engine.api.verifyTOTP(asked), WRONG_CODE);
    if (!(await accounts.useCode(who.id, code))) throw new TRPCError({ code: "BAD_REQUEST", message: WRONG_CODE });
    request.setCookies(headers.getSetCookie());
    await store.transaction(async (tx) => {
      const isThis = eq(sessions.token, tokenHash(newTokenOf(headers)));
      await tx.db.update(sessions).set({ factors: "password-and-code" }).where(isThis);
      await tx.db.delete(sessions).where(and(eq(sessions.userId, who.id), not(isThis)));
      await auditOwnAct(tx, who, request, { action: "account.add-second-factor" });
    });
  });
}

export async function removeSecondFactor(
  accounts: Accounts,
  who: SignedIn,
  { password, code }: { password: string; code: string },
  request: RequestFacts,
): Promise<void> {
  await whileGuessing(accounts, who, request, async () => {
    // The password first: a wrong one must not cost a spare code.
    if (!(await isPasswordOf(accounts.store.db, who.id, password)))
      throw new TRPCError({ code: "BAD_REQUEST", message: WRONG_PASSWORD });
    await requireCode(accounts, who, code, request);
    const disabling = accounts.engine.api.disableTwoFactor({
      body: { password },
      ...{ headers: request.headers, returnHeaders: true },
    });
    const { headers } = await orSay(disabling, WRONG_PASSWORD);
    request.setCookies(headers.getSetCookie());
    await accounts.store.transaction(async (tx) => {
      const isThis = eq(sessions.token, tokenHash(newTokenOf(headers)));
      await tx.db.delete(sessions).where(and(eq(sessions.userId, who.id), not(isThis)));
      await auditOwnAct(tx, who, request, { action: "account.remove-second-factor" });
    });
  });
}

/** Changes a password; every other session ends. */
export async function changePassword(
  accounts: Accounts,
  who: SignedIn,
  { current, next }: { current: string; next: string },
  request: RequestFacts,
): Promise<void> {
  await whileGuessing(accounts, who, request, async () => {
    const changing = accounts.engine.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      ...{ headers: request.headers, returnHeaders: true },
    });
    const { response, headers } = await orSay(changing, WRONG_PASSWORD);
    request.setCookies(headers.getSetCookie());
    // The library opens a new session: what the one before had proved holds for it.
    const isNew = eq(sessions.token, tokenHash(response.token!));
    await accounts.store.db.update(sessions).set({ factors: who.factors }).where(isNew);
    await auditOwnAct(accounts.store, who, request, { action: "account.change-password" });
  });
}
