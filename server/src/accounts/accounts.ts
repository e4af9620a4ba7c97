import type { Store } from "../store/index.ts";
import { createLink, endLinks, linkAddress } from "./links.ts";
import type { SendMail } from "./mail/index.ts";
import { adoptWorkspaces, hasPeople } from "./memberships.ts";
import { createSignInEngine, type SignInEngine, type SsoSettings } from "./sign-in-engine.ts";
import { enterBySso, mayJoin } from "./single-sign-on.ts";
import { Throttle } from "./throttle.ts";
import { useCode } from "./used-codes.ts";

const WELCOME_HOURS = 24;

export interface AccountsOptions {
  readonly store: Store;
  readonly secret: Uint8Array;
  /** Where people reach this server, without a slash at the end. */
  readonly url: string;
  readonly sso: SsoSettings | null;
  readonly sendMail: SendMail;
  /** Told of what failed after its request was answered. */
  readonly onFailure: (error: unknown) => void;
  readonly workspacesWithData: () => Promise<readonly string[]>;
}

/** Everything that knows people: who they are, where they belong, how they come in. */
export interface Accounts {
  readonly store: Store;
  readonly url: string;
  readonly isSecure: boolean;
  readonly sso: SsoSettings | null;
  readonly engine: SignInEngine;
  readonly throttle: Throttle;
  readonly sendMail: SendMail;
  readonly onFailure: (error: unknown) => void;
  /** Takes a code of an app as used; false for one that was. */
  readonly useCode: (userId: string, code: string) => Promise<boolean>;
  /** The workspaces that have data, whether or not anybody belongs to them. */
  readonly workspacesWithData: () => Promise<readonly string[]>;
}

export async function openAccounts({ secret, ...options }: AccountsOptions): Promise<Accounts> {
  const { store, url, sso } = options;
  const { db } = store;
  const accounts: Accounts = {
    ...options,
    isSecure: url.startsWith("https://"),
    useCode: (userId, code) => useCode(db, secret, userId, code),
    engine: await createSignInEngine({
      ...{ db, secret, url, sso, mayJoin: (email) => mayJoin(db, email) },
      onSsoSignIn: (session, headers) => enterBySso(store, session, headers),
    }),
    throttle: new Throttle(db, secret),
  };
  return accounts;
}

/** Makes the workspaces of the data known, and the link for the first owner where there is nobody yet. @returns its address, or null */
export async function welcome(
  { store: { db }, url }: Accounts,
  workspaceId: string,
  others: readonly string[],
): Promise<string | null> {
  await adoptWorkspaces(db, [...new Set([workspaceId, ...others])]);
  await endLinks(db, "welcome", null);
  if (await hasPeople(db)) return null;
  const { token } = await createLink(db, {
    ...{ kind: "welcome", workspaceId, email: null, role: "owner", createdBy: "touchline serve", hours: WELCOME_HOURS },
  });
  return linkAddress(url, token);
}
