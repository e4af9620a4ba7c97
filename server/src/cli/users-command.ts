import {
  changeRole,
  deletePerson,
  forgetSecondFactor,
  LINK_HOURS,
  linkAddress,
  linkByCommand,
  listInvitations,
  listMembers,
  type Member,
  makeInvitation,
  removeMember,
} from "../accounts/index.ts";
import { invitationMail, mailerOfEnvironment } from "../accounts/mail/index.ts";
import { INVITATION_HOURS } from "../accounts/team/index.ts";
import { Email, Role } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { secretOfEnvironment } from "../secret-of-environment.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface UsersOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export interface LinkOptions extends UsersOptions {
  /** Where people reach the server. */
  readonly url: string;
}

export interface InviteOptions extends LinkOptions {
  readonly role: string;
}

function requireEmail(text: string): string {
  const parsed = Email.safeParse(text);
  if (!parsed.success) throw new UserError(`"${text}": ${parsed.error.issues[0]!.message}`, { exitCode: 2 });
  return parsed.data;
}

function requireRole(text: string): Role {
  const parsed = Role.safeParse(text);
  if (!parsed.success)
    throw new UserError(`"${text}" is not one of the roles ${Role.options.join(", ")}`, { exitCode: 2 });
  return parsed.data;
}

async function requireMember(store: WorkspaceStore, email: string): Promise<Member> {
  const found = (await listMembers(store)).find((each) => each.email === email);
  if (found !== undefined) return found;
  throw new UserError(
    `nobody of workspace ${store.workspaceId} has the address ${email}: touchline users list shows who there is`,
  );
}

function say(options: UsersOptions, io: CommandIo, json: unknown, words: string): number {
  io.stdout(options.json ? `${JSON.stringify(json)}\n` : words);
  return 0;
}

const minute = (instant: string) => instant.slice(0, 16).replace("T", " ");

/** `touchline users list`: who belongs to the workspace, and who is invited. */
export async function runUsersList(house: House, options: UsersOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const store = await workspace.store.openIfAny();
  const members = store === null ? [] : await listMembers(store);
  const invitations = store === null ? [] : await listInvitations(store);
  const rows = [
    ...members.map(({ name, email, role, hasSecondFactor, lastSeenAt }) => [
      ...[name, email, role, hasSecondFactor ? "yes" : "no"],
      lastSeenAt === null ? "not signed in" : minute(lastSeenAt),
    ]),
    ...invitations.map(({ email, role, expiresAt }) => ["(invited)", email, role, "", `until ${minute(expiresAt)}`]),
  ];
  const words =
    rows.length === 0
      ? "Nobody belongs to this workspace yet: touchline users link EMAIL makes the first owner's link, touchline users invite EMAIL --role ROLE invites others.\n"
      : drawTable(["Name", "E-mail", "Role", "Second factor", "Last seen (UTC)"], rows);
  return say(options, io, { workspace: workspace.id, members, invitations }, words);
}

/** `touchline users invite EMAIL --role ROLE`: prints the link, and sends it where there is a mail server. */
export async function runUsersInvite(
  house: House,
  address: string,
  options: InviteOptions,
  io: CommandIo,
): Promise<number> {
  const [email, role] = [requireEmail(address), requireRole(options.role)];
  const isMailed = secretOfEnvironment("SMTP_URL") !== undefined;
  const sendMail = mailerOfEnvironment(() => undefined);
  const workspace = await house.workspace(options.workspace);
  const actor = commandActor();
  const { token } = await makeInvitation({ store: await workspace.store.open(), actor }, { email, role });
  const link = linkAddress(options.url, token);
  const days = INVITATION_HOURS / 24;
  say(options, io, { workspace: workspace.id, email, role, link }, `${link}\n`);
  io.stderr(`With this link ${email} joins workspace ${workspace.id} as ${role}. It works once, for ${days} days.\n`);
  if (!isMailed) return 0;
  try {
    await sendMail(
      invitationMail({ to: email, workspace: workspace.id, role, invitedBy: actor.name, address: link, days }),
    );
  } catch (error) {
    throw new UserError(
      `the mail to ${email} could not be sent (${(error as Error).message}): pass the link on another way`,
      { cause: error },
    );
  }
  io.stderr(`It was sent to ${email}.\n`);
  return 0;
}

/** `touchline users role EMAIL ROLE` */
export async function runUsersRole(
  house: House,
  address: string,
  text: string,
  options: UsersOptions,
  io: CommandIo,
): Promise<number> {
  const [email, role] = [requireEmail(address), requireRole(text)];
  const store = await (await house.workspace(options.workspace)).store.open();
  const { userId } = await requireMember(store, email);
  await changeRole({ store, actor: commandActor() }, { userId, role });
  return say(
    options,
    io,
    { workspace: store.workspaceId, email, role },
    `${email} is ${role} of workspace ${store.workspaceId} now.\n`,
  );
}

/** `touchline users remove EMAIL`: out of this workspace; the next request fails. */
export async function runUsersRemove(
  house: House,
  address: string,
  options: UsersOptions,
  io: CommandIo,
): Promise<number> {
  const email = requireEmail(address);
  const store = await (await house.workspace(options.workspace)).store.open();
  const { userId } = await requireMember(store, email);
  await removeMember({ store, actor: commandActor() }, userId);
  const words = `${email} does not belong to workspace ${store.workspaceId} any more.\n`;
  return say(options, io, { workspace: store.workspaceId, removed: email }, words);
}

/** `touchline users link EMAIL`: a link for a new password, or for the first owner. */
export async function runUsersLink(
  house: House,
  address: string,
  options: LinkOptions,
  io: CommandIo,
): Promise<number> {
  const email = requireEmail(address);
  const workspace = await house.workspace(options.workspace);
  const { kind, token } = await linkByCommand(await house.store(), {
    ...{ email, workspaceId: workspace.id, actor: commandActor() },
  });
  const link = linkAddress(options.url, token);
  say(options, io, { kind, email, link }, `${link}\n`);
  const what = kind === "welcome" ? `makes ${email} the owner of workspace ${workspace.id}` : "sets a new password";
  io.stderr(`This link ${what}. It works once, for ${LINK_HOURS} hours; whoever has it comes in.\n`);
  return 0;
}

/** `touchline users forget-second-factor EMAIL`: for somebody who has lost it. */
export async function runUsersForgetSecondFactor(
  house: House,
  address: string,
  options: UsersOptions,
  io: CommandIo,
): Promise<number> {
  const email = requireEmail(address);
  await forgetSecondFactor(await house.store(), email, commandActor());
  const words = `${email} has no second factor any more and is signed out everywhere: the password alone opens the next session.\n`;
  return say(options, io, { forgotten: email }, words);
}

export interface DeleteOptions extends UsersOptions {
  readonly yes: boolean;
}

/** `touchline users delete EMAIL --yes`: the account itself. */
export async function runUsersDelete(
  house: House,
  address: string,
  options: DeleteOptions,
  io: CommandIo,
): Promise<number> {
  const email = requireEmail(address);
  if (!options.yes) {
    io.stderr(
      `touchline: nothing was deleted: the account ${email} would go from every workspace, for good; repeat the command with --yes\n`,
    );
    return 2;
  }
  const workspaces = await deletePerson(await house.store(), email, commandActor());
  return say(options, io, { deleted: email, workspaces }, `The account ${email} is deleted.\n`);
}
