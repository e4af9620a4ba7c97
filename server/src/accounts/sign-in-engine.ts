import { createHmac } from "node:crypto";
import type { BetterAuthOptions } from "better-auth";
import { SHORTEST_PASSWORD } from "../contract/index.ts";
import { credentials, type Database, secondFactors, sessions, users, verifications } from "../store/index.ts";
import { hashSessionTokens } from "./hash-session-tokens.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";

/** Somebody who has not been seen for so long signs in again, and everybody after so long. Mondays are eight days apart, nearly. */
export const IDLE_DAYS = 8;
export const ABSOLUTE_DAYS = 30;
const DAY_SECONDS = 86_400;
/** How often being seen is written down. */
const SEEN_EVERY_SECONDS = 300;

/** The header in which the server says who asks; what a client sends under that name never arrives. */
export const CLIENT_ADDRESS_HEADER = "x-touchline-client-address";

const NO_TOKENS = {
  ...{ accessToken: null, refreshToken: null, idToken: null },
  ...{ accessTokenExpiresAt: null, refreshTokenExpiresAt: null },
};

/** Letters and digits of a spare code: 130 bits. */
const SPARE_CODE_LENGTH = 22;

/** Under which name the library knows the single sign-on. */
export const SSO = "sso";

/** Single sign-on by OpenID Connect. */
export interface SsoSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Somebody who has just come in by single sign-on. */
export interface SsoSession {
  readonly token: string;
  readonly person: { readonly id: string; readonly name: string; readonly email: string };
}

export interface SignInSettings {
  readonly db: Database;
  readonly secret: Uint8Array;
  /** Where people reach this server, without a slash at the end. */
  readonly url: string;
  readonly sso: SsoSettings | null;
  /** Whether somebody who comes by single sign-on for the first time may have an account. */
  mayJoin(email: string): Promise<boolean>;
  /** Told when somebody has come in by single sign-on. */
  onSsoSignIn(session: SsoSession, headers: Headers): Promise<void>;
}

/**
 * The library is large: only a server loads it, and no command waits for it.
 */
async function loadLibrary() {
  const [{ betterAuth }, { drizzleAdapter }, { createAuthMiddleware }, { genericOAuth }, { twoFactor }] =
    await Promise.all([
      import("better-auth"),
      import("better-auth/adapters/drizzle"),
      import("better-auth/api"),
      import("better-auth/plugins/generic-oauth"),
      import("better-auth/plugins/two-factor"),
    ]);
  return { betterAuth, drizzleAdapter, createAuthMiddleware, genericOAuth, twoFactor };
}

/** Sign-in, sessions, second factor and single sign-on; its own endpoints are reached through our procedures. */
export async function createSignInEngine({ db, secret, url, sso, mayJoin, onSsoSignIn }: SignInSettings) {
  const { betterAuth, drizzleAdapter, createAuthMiddleware, genericOAuth, twoFactor } = await loadLibrary();
  const isSecure = url.startsWith("https://");
  const adapter = drizzleAdapter(db, {
    provider: "pg",
    // The library asks our hooks from inside its transactions, and in the embedded database they would wait for each other for ever.
    transaction: false,
    schema: {
      user: users,
      session: sessions,
      account: credentials,
      verification: verifications,
      twoFactor: secondFactors,
    },
  });
  return betterAuth({
    appName: "Touchline",
    baseURL: url,
    basePath: "/auth",
    secret: createHmac("sha256", secret).update("touchline sign-in").digest("hex"),
    trustedOrigins: [url],
    database: (options: BetterAuthOptions) => hashSessionTokens(adapter(options)),
    telemetry: { enabled: false },
    // What fails is thrown and told once, by our own log, which knows what must not be written.
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      ...{ enabled: true, disableSignUp: true, minPasswordLength: SHORTEST_PASSWORD },
      password: { hash: hashPassword, verify: verifyPassword },
    },
    session: {
      expiresIn: IDLE_DAYS * DAY_SECONDS,
      updateAge: SEEN_EVERY_SECONDS,
      // Every request asks the store: what was revoked is over at once.
      cookieCache: { enabled: false },
      additionalFields: { factors: { type: "string", defaultValue: "password", input: false } },
    },
    account: {
      encryptOAuthTokens: true,
      // An address joins somebody to an account only where the issuer says that it is proved.
      accountLinking: { enabled: true, trustedProviders: [] },
    },
    verification: { storeIdentifier: "hashed" },
    advanced: {
      // A name that begins with __Host- is taken by a browser only over https, for this host and for no other one.
      cookiePrefix: isSecure ? "__Host-touchline" : "touchline",
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    hooks: {
      after: createAuthMiddleware(async (call) => {
        const session = call.path.startsWith("/callback") ? call.context.newSession : null;
        if (session !== null)
          await onSsoSignIn({ token: session.session.token, person: session.user }, call.headers ?? new Headers());
      }),
    },
    databaseHooks: {
      // Who somebody is was all that we wanted to know: what the single sign-on hands out beside it is not kept.
      account: {
        create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
        update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
      },
      user: {
        create: {
          before: async (user) => {
            if (!user.emailVerified || !(await mayJoin(user.email))) return false;
            return { data: { ...user, email: user.email.toLowerCase() } };
          },
        },
      },
    },
    plugins: [
      twoFactor({
        issuer: "Touchline",
        accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
        backupCodeOptions: { amount: 8, length: SPARE_CODE_LENGTH },
      }),
      ...(sso === null ? [] : [genericOAuth(singleSignOn(sso))]),
    ],
  });
}

export type SignInEngine = Awaited<ReturnType<typeof createSignInEngine>>;

function singleSignOn({ issuer, clientId, clientSecret }: SsoSettings) {
  return {
    config: [
      {
        providerId: SSO,
        discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        ...{ clientId, clientSecret, pkce: true, requireIdTokenVerification: true },
        scopes: ["openid", "email", "profile"],
      },
    ],
  };
}
