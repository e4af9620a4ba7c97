import { TRPCError } from "@trpc/server";
import { eq } from "drizzle-orm";
import { log } from "../log.ts";
import { sessions, users } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { auditOwnAct } from "./audit-acts.ts";
import { tokenHash } from "./hash-session-tokens.ts";
import { isRefusal } from "./is-refusal.ts";
import { countGuess, knowDevice } from "./patience.ts";
import type { RequestFacts } from "./request-facts.ts";
import type { SignedIn } from "./sessions.ts";
import { SSO } from "./sign-in-engine.ts";

/** One sentence for an unknown address and a wrong password: which of them it was is nobody's business. */
const WRONG = "the e-mail address or the password is wrong";

/**
 * Signs in with a password.
 * @returns `second-factor` where a code is asked for before anything else
 * @throws TRPCError UNAUTHORIZED, the same for everything that is wrong; TOO_MANY_REQUESTS with how long to wait
 */
export async function signIn(
  accounts: Accounts,
  { email, password }: { email: string; password: string },
  request: RequestFacts,
): Promise<"signed-in" | "second-factor"> {
  const guess = await countGuess(accounts, request, email);
  const { response, headers } = await accounts.engine.api
    .signInEmail({ body: { email, password }, headers: request.headers, returnHeaders: true })
    .catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      log.warn({ ip: request.ip, event: "sign-in-refused" }, "a sign-in was refused");
      throw new TRPCError({ code: "UNAUTHORIZED", message: WRONG });
    });
  await accounts.throttle.forgive(guess);
  request.setCookies(headers.getSetCookie());
  if ("twoFactorRedirect" in response) return "second-factor";
  knowDevice(accounts, request, email);
  await auditOwnAct(accounts.store, response.user, request, { action: "session.sign-in", after: { by: "password" } });
  return "signed-in";
}

/** What an app shows; anything else is taken as a spare code. */
export const SIX_DIGITS = /^\d{6}$/;

/** The second step: six digits of an app, or a spare code. Each works once. */
export async function signInWithCode(accounts: Accounts, code: string, request: RequestFacts): Promise<void> {
  const { api } = accounts.engine;
  const { db } = accounts.store;
  const guess = await countGuess(accounts, request, `code ${request.ip ?? ""}`);
  const asked = { body: { code }, headers: request.headers, returnHeaders: true } as const;
  const verify = SIX_DIGITS.test(code) ? api.verifyTOTP(asked) : api.verifyBackupCode(asked);
  const { response, headers } = await verify.catch((error: unknown) => {
    // A seed that somebody has changed in the store is no API error: it opens nothing either.
    if (!isRefusal(error)) log.error({ err: error }, "a code could not be checked");
    else log.warn({ ip: request.ip, event: "code-refused" }, "a code was refused");
    const isLocked = isRefusal(error) && error.status === "TOO_MANY_REQUESTS";
    throw isLocked ? new TRPCError({ code: "TOO_MANY_REQUESTS", message: LOCKED }) : wrongCode();
  });
  const session = eq(sessions.token, tokenHash(response.token!));
  if (!(await accounts.useCode(response.user!.id, code))) {
    await db.delete(sessions).where(session);
    throw wrongCode();
  }
  await db.update(sessions).set({ factors: "password-and-code" }).where(session);
  await accounts.throttle.forgive(guess);
  request.setCookies(headers.getSetCookie());
  const [user] = await db.select().from(users).where(eq(users.id, response.user!.id));
  knowDevice(accounts, request, user!.email);
  await auditOwnAct(accounts.store, user!, request, { action: "session.sign-in", after: { by: "password and code" } });
}

const LOCKED = "too many wrong codes: try again in a quarter of an hour";

function wrongCode(): TRPCError {
  return new TRPCError({
    code: "UNAUTHORIZED",
    message: "the code is wrong, was used or has expired: take the newest one, or sign in again",
  });
}

export async function signOut(accounts: Accounts, who: SignedIn, request: RequestFacts): Promise<void> {
  const { headers } = await accounts.engine.api.signOut({ headers: request.headers, returnHeaders: true });
  request.setCookies(headers.getSetCookie());
  await auditOwnAct(accounts.store, who, request, { action: "session.sign-out" });
}

/** Where a browser has to go to sign in at the single sign-on. @throws TRPCError where there is none */
export async function startSso(accounts: Accounts, request: RequestFacts): Promise<string> {
  if (accounts.sso === null)
    throw new TRPCError({ code: "NOT_FOUND", message: "no single sign-on is set up on this server" });
  await requireIssuer(accounts, accounts.sso.issuer);
  const { response, headers } = await accounts.engine.api
    .signInSocial({
      body: {
        provider: SSO,
        callbackURL: `${accounts.url}/`,
        errorCallbackURL: `${accounts.url}/sign-in`,
        disableRedirect: true,
      },
      ...{ headers: request.headers, returnHeaders: true },
    })
    .catch((error: unknown) => {
      if (!isRefusal(error)) throw error;
      throw new TRPCError({ code: "BAD_GATEWAY", message: "the single sign-on does not answer: try again later" });
    });
  request.setCookies(headers.getSetCookie());
  return response.url!;
}

const withoutSlash = (address: string) => address.replace(/\/$/, "");

/**
 * The library takes the issuer from the document that it finds. Who signs people in is what the operator has said, and nobody else.
 * @throws TRPCError when the document names another one, or cannot be had
 */
async function requireIssuer({ engine }: Accounts, said: string): Promise<void> {
  const { socialProviders } = await engine.$context;
  const found = (socialProviders.find(({ id }) => id === SSO) as { issuer?: string } | undefined)?.issuer;
  if (found !== undefined && withoutSlash(found) === withoutSlash(said)) return;
  log.error({ event: "sso-issuer", found }, "the single sign-on names itself otherwise than OIDC_ISSUER says");
  throw new TRPCError({
    code: "BAD_GATEWAY",
    message: "the single sign-on is not set up rightly: the server's log says how",
  });
}
