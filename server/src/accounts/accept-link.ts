import { TRPCError } from "@trpc/server";
import type { AcceptLink, LinkFacts } from "../contract/index.ts";
import { log } from "../log.ts";
import type { Database } from "../store/index.ts";
import type { Accounts } from "./accounts.ts";
import { auditOwnAct } from "./audit-acts.ts";
import { createLink, endLinks, findLink, linkAddress, type OpenLink, takeLink } from "./links.ts";
import { resetMail } from "./mail/index.ts";
import { adoptWorkspaces, hasPeople, join } from "./memberships.ts";
import { hashPassword } from "./password-hash.ts";
import { requireGoodPassword } from "./password-rules.ts";
import { countGuess } from "./patience.ts";
import { createPerson, isPasswordOf, type Person, personByEmail, setPassword } from "./people.ts";
import type { RequestFacts } from "./request-facts.ts";
import { signIn } from "./sign-in.ts";

const RESET_HOURS = 1;

function gone(): TRPCError {
  return new TRPCError({
    code: "NOT_FOUND",
    message:
      "this link does not work any more: it was used, has expired, or was replaced by a newer one; ask for another one",
  });
}

/** What a link is for. @throws TRPCError when it does not work any more */
export async function describeLink({ store: { db } }: Accounts, token: string): Promise<LinkFacts> {
  const link = await findLink(db, token);
  if (link === null) throw gone();
  const { kind, email, role, workspaceId } = link;
  const hasAccount = email !== null && (await personByEmail(db, email)) !== null;
  return { kind, email, role, hasAccount, workspace: workspaceId === "" ? null : workspaceId };
}

/**
 * Does what a link is for and signs in: makes the first owner, makes or adds a member, sets a new password.
 * Of two who use one link at once one succeeds.
 */
export async function acceptLink(
  accounts: Accounts,
  given: Required<AcceptLink>,
  request: RequestFacts,
): Promise<"signed-in" | "second-factor"> {
  const { db } = accounts.store;
  const link = await findLink(db, given.token);
  if (link === null) throw gone();
  const email = link.email ?? given.email;
  if (email === null) throw new TRPCError({ code: "BAD_REQUEST", message: "an e-mail address is missing" });
  const known = await personByEmail(db, email);
  if (link.kind === "invitation" && known !== null) return joinWithAccount(accounts, link, known, given, request);
  await requireGoodPassword(given.password, email);
  const hash = await hashPassword(given.password);
  await accounts.store.transaction(async (tx) => {
    if ((await takeLink(tx.db, given.token)) === null) throw gone();
    const person = await carryOut(tx.db, link, known, { ...given, email, hash });
    if (link.workspaceId !== "" && link.role !== null) await join(tx.db, person.id, link.workspaceId, link.role);
    // The first owner gets whatever nobody owns yet.
    if (link.kind === "welcome") await adoptWorkspaces(tx.db, []);
    await auditOwnAct(tx, person, request, { action: ACTIONS[link.kind], after: { role: link.role } });
  });
  return signIn(accounts, { email, password: given.password }, request);
}

const ACTIONS = {
  welcome: "account.create-owner",
  invitation: "members.join",
  reset: "account.reset-password",
} as const;

async function carryOut(
  tx: Database,
  link: OpenLink,
  known: Person | null,
  { email, name, hash }: { email: string; name: string | null; hash: string },
): Promise<Person> {
  if (link.kind === "reset") {
    if (known === null) throw gone();
    await setPassword(tx, known.id, hash);
    return known;
  }
  if (link.kind === "welcome" && (await hasPeople(tx))) throw gone();
  if (name === null) throw new TRPCError({ code: "BAD_REQUEST", message: "a name is missing" });
  return createPerson(tx, { name, email, hash });
}

/** An invitation of somebody who has an account: their password says that it is they who accept. */
async function joinWithAccount(
  accounts: Accounts,
  link: OpenLink,
  person: Person,
  { token, password }: { token: string; password: string },
  request: RequestFacts,
): Promise<"signed-in" | "second-factor"> {
  const { store, throttle } = accounts;
  const guess = await countGuess(accounts, request, person.email);
  if (!(await isPasswordOf(store.db, person.id, password))) {
    log.warn({ event: "sign-in-refused", person: person.id, ip: request.ip }, "an invitation was not accepted");
    throw new TRPCError({ code: "UNAUTHORIZED", message: "the password of this account is another one" });
  }
  await throttle.forgive(guess);
  await store.transaction(async (tx) => {
    if ((await takeLink(tx.db, token)) === null) throw gone();
    await join(tx.db, person.id, link.workspaceId, link.role!);
    await auditOwnAct(tx, person, request, { action: ACTIONS.invitation, after: { role: link.role } });
  });
  return signIn(accounts, { email: person.email, password }, request);
}

/**
 * Sends a link for a new password where there is an account. The answer does not wait for it, so that neither its words nor its time
 * tell whether there is one.
 */
export async function requestReset(accounts: Accounts, email: string, request: RequestFacts): Promise<void> {
  if ((await accounts.throttle.countMail(email, request.ip)).waitSeconds > 0) return;
  const send = async () => {
    const { db } = accounts.store;
    if ((await personByEmail(db, email)) === null) return;
    await endLinks(db, "reset", email);
    const { token } = await createLink(db, {
      ...{ kind: "reset", workspaceId: "", email, role: null, createdBy: email, hours: RESET_HOURS },
    });
    await accounts.sendMail(resetMail(email, linkAddress(accounts.url, token), RESET_HOURS));
  };
  void send().catch(accounts.onFailure);
}
