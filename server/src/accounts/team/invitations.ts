import { TRPCError } from "@trpc/server";
import { and, asc, eq, gt, isNull } from "drizzle-orm";
import type { Role, Team } from "../../contract/index.ts";
import { memberships, oneTimeLinks, users, type WorkspaceStore } from "../../store/index.ts";
import { UserError } from "../../user-error.ts";
import { createLink, linkAddress } from "../links.ts";
import { invitationMail, type SendMail } from "../mail/index.ts";
import { holdTeam, requireInHands, rolesInHands, type TeamDesk } from "./standing.ts";

export const INVITATION_HOURS = 7 * 24;

type Invitation = Team["invitations"][number];

const isOpen = () =>
  and(eq(oneTimeLinks.kind, "invitation"), isNull(oneTimeLinks.endedAt), gt(oneTimeLinks.expiresAt, new Date()))!;

/** Invitations that still work, the oldest first. */
export async function listInvitations(store: WorkspaceStore): Promise<Invitation[]> {
  const rows = await store.select(oneTimeLinks, isOpen(), { orderBy: asc(oneTimeLinks.createdAt) });
  return rows.map(({ id, email, role, createdBy, expiresAt }) => ({
    ...{ id, email: email!, role: role!, invitedBy: createdBy, expiresAt: expiresAt.toISOString() },
  }));
}

/**
 * Makes the link with which somebody joins as what the role says. A former one for the same address ends.
 * @throws TRPCError when the actor may not give the role; UserError for who is a member already
 */
export function makeInvitation(
  { store, actor }: TeamDesk,
  { email, role }: { email: string; role: Role },
): Promise<{ id: string; token: string }> {
  const { workspaceId } = store;
  return store.transaction(async (tx, db) => {
    await holdTeam(db, workspaceId);
    const roles = await rolesInHands(db, workspaceId, actor);
    requireInHands(roles, role);
    const [known] = await db
      .select({ role: memberships.role })
      .from(memberships)
      .innerJoin(users, eq(users.id, memberships.userId))
      .where(and(eq(memberships.workspaceId, workspaceId), eq(users.email, email)));
    if (known !== undefined) throw new UserError(`${email} belongs to this workspace already, as ${known.role}`);
    const former = await tx.update(
      oneTimeLinks,
      { endedAt: new Date() },
      and(isOpen(), eq(oneTimeLinks.email, email))!,
    );
    // What an owner has offered is not an admin's to replace: nothing of this stays then.
    for (const each of former) requireInHands(roles, each.role!);
    const link = await createLink(db, {
      ...{ kind: "invitation", workspaceId, email, role, createdBy: actor.name, hours: INVITATION_HOURS },
    });
    await tx.audit({
      ...{ actor, action: "members.invite", subject: { kind: "invitation", id: link.id }, after: { email, role } },
    });
    return link;
  });
}

/** Makes an invitation and sends it. One that cannot be sent is withdrawn, so that none waits that nobody has. */
export async function invite(
  desk: TeamDesk & { readonly url: string; readonly sendMail: SendMail },
  asked: { email: string; role: Role },
): Promise<void> {
  const { id, token } = await makeInvitation(desk, asked);
  const mail = invitationMail({
    ...{ to: asked.email, workspace: desk.store.workspaceId, role: asked.role, invitedBy: desk.actor.name },
    ...{ address: linkAddress(desk.url, token), days: INVITATION_HOURS / 24 },
  });
  try {
    await desk.sendMail(mail);
  } catch (error) {
    await withdrawInvitation(desk, id);
    throw new UserError(
      `the invitation could not be sent to ${asked.email}, so it was withdrawn: look at SMTP_URL of the server, or make a link with touchline users invite`,
      { cause: error },
    );
  }
}

/** @throws TRPCError when there is no such invitation, or it is of a role that the actor may not take */
export function withdrawInvitation({ store, actor }: TeamDesk, id: string): Promise<void> {
  return store.transaction(async (tx, db) => {
    const own = and(isOpen(), eq(oneTimeLinks.id, id))!;
    const [row] = await tx.update(oneTimeLinks, { endedAt: new Date() }, own);
    if (row === undefined)
      throw new TRPCError({ code: "NOT_FOUND", message: "there is no such invitation: it was used, or has ended" });
    requireInHands(await rolesInHands(db, store.workspaceId, actor), row.role!);
    const { email, role } = row;
    await tx.audit({
      ...{ actor, action: "members.withdraw-invitation", subject: { kind: "invitation", id }, before: { email, role } },
    });
  });
}
