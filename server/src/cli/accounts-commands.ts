import type { Command } from "commander";
import { environment } from "../configuration/index.ts";
import { Role, Scope } from "../contract/index.ts";
import {
  type AuditListOptions,
  type AuditOptions,
  type AuditVerifyOptions,
  runAuditExport,
  runAuditList,
  runAuditVerify,
} from "./audit-command.ts";
import type { CommandTools } from "./data-commands.ts";
import { type CreateKeyOptions, type KeysOptions, runKeysCreate, runKeysList, runKeysRevoke } from "./keys-command.ts";
import { wholeNumber } from "./option-parsers.ts";
import {
  type DeleteOptions,
  type InviteOptions,
  type LinkOptions,
  runUsersDelete,
  runUsersForgetSecondFactor,
  runUsersInvite,
  runUsersLink,
  runUsersList,
  runUsersRemove,
  runUsersRole,
  type UsersOptions,
} from "./users-command.ts";
import {
  type AddWebhookOptions,
  type DeliveriesOptions,
  runDeliveries,
  runWebhooksAdd,
  runWebhooksList,
  runWebhooksRemove,
  runWebhooksTest,
  type WebhooksOptions,
} from "./webhooks-command.ts";
import { runWorkspacesCreate, runWorkspacesList, type WorkspacesOptions } from "./workspaces-command.ts";

type WithData<T> = T & { readonly data: string };

/** Commands about who may come in: people, machines, workspaces; and what they did. */
export function addAccountsCommands(tools: CommandTools): void {
  addKeys(tools);
  addUsers(tools);
  addWorkspaces(tools);
  addWebhooks(tools);
  addAudit(tools);
}

function addKeys({ io, onData, group, run }: CommandTools): void {
  const keys = group("keys", "keys that let machines in: to send events, to read reports");
  onData("create <name>", "make a key; it is shown once", keys)
    .option("--scopes <list>", `what it opens: ${Scope.options.join(", ")}; use commas for several`, "ingest")
    .action((name: string, options: WithData<CreateKeyOptions>) =>
      run(options.data, (house) => runKeysCreate(house, name, options, io)),
    );
  onData("list", "list the keys of the workspace", keys).action((options: WithData<KeysOptions>) =>
    run(options.data, (house) => runKeysList(house, options, io)),
  );
  onData("revoke <name>", "revoke a key, by its name or its beginning", keys).action(
    (name: string, options: WithData<KeysOptions>) =>
      run(options.data, (house) => runKeysRevoke(house, name, options, io)),
  );
}

/** Where the page of a server on this machine is, unless the environment says otherwise. */
const USUAL_URL = "http://localhost:4319";

const urlOf = (io: CommandTools["io"]) =>
  (io.publicUrl ?? (environment().TOUCHLINE_URL?.trim() || USUAL_URL)).replace(/\/$/, "");

function addWebhooks({ io, onData, group, run }: CommandTools): void {
  const hooks = group("webhooks", "addresses that are told what happens to plans and reports");
  onData("list", "list the webhooks of the workspace", hooks).action((options: WithData<WebhooksOptions>) =>
    run(options.data, (house) => runWebhooksList(house, options, io)),
  );
  onData("add <name> <url>", "add an address; the secret that messages are signed with is shown once", hooks)
    .option("--format <name>", "touchline (Standard Webhooks), or slack", "touchline")
    .option("--events <list>", "all, or events with commas: rebalancing.proposed,proposal.approved", "all")
    .action((name: string, url: string, options: WithData<AddWebhookOptions>) =>
      run(options.data, (house) => runWebhooksAdd(house, { name, url }, options, io)),
    );
  onData("remove <name>", "remove a webhook", hooks).action((name: string, options: WithData<WebhooksOptions>) =>
    run(options.data, (house) => runWebhooksRemove(house, name, options, io)),
  );
  onData("test <name>", "send a message of trial; exit code 1 when it does not arrive", hooks).action(
    (name: string, options: WithData<WebhooksOptions>) =>
      run(options.data, (house) => runWebhooksTest(house, { name, url: urlOf(io) }, options, io)),
  );
  onData("deliveries", "list what was told to whom by webhook and mail, the newest first", hooks)
    .option("--again <id>", "send once more what was given up")
    .action((options: WithData<DeliveriesOptions>) => run(options.data, (house) => runDeliveries(house, options, io)));
}

function addUsers({ io, onData, group, run }: CommandTools): void {
  const users = group("users", "people: who belongs to a workspace, and as what");
  const withUrl = (command: Command) => command.option("--url <address>", "where people reach the server", urlOf(io));
  onData("list", "list who belongs to the workspace, and who is invited", users).action(
    (options: WithData<UsersOptions>) => run(options.data, (house) => runUsersList(house, options, io)),
  );
  withUrl(onData("invite <email>", "make a link with which somebody joins the workspace", users))
    .requiredOption("--role <role>", Role.options.join(", "))
    .action((email: string, options: WithData<InviteOptions>) =>
      run(options.data, (house) => runUsersInvite(house, email, options, io)),
    );
  onData("role <email> <role>", "give a member another role", users).action(
    (email: string, role: string, options: WithData<UsersOptions>) =>
      run(options.data, (house) => runUsersRole(house, email, role, options, io)),
  );
  onData("remove <email>", "take somebody out of the workspace", users).action(
    (email: string, options: WithData<UsersOptions>) =>
      run(options.data, (house) => runUsersRemove(house, email, options, io)),
  );
  onData("forget-second-factor <email>", "for somebody who has lost telephone and spare codes", users).action(
    (email: string, options: WithData<UsersOptions>) =>
      run(options.data, (house) => runUsersForgetSecondFactor(house, email, options, io)),
  );
  onData("delete <email>", "delete an account, from every workspace", users)
    .option("--yes", "do it: this cannot be taken back", false)
    .action((email: string, options: WithData<DeleteOptions>) =>
      run(options.data, (house) => runUsersDelete(house, email, options, io)),
    );
  withUrl(
    onData("link <email>", "make a link for a new password, or for the first owner where nobody is there yet", users),
  ).action((email: string, options: WithData<LinkOptions>) =>
    run(options.data, (house) => runUsersLink(house, email, options, io)),
  );
}

function addWorkspaces({ io, onData, group, run }: CommandTools): void {
  const workspaces = group("workspaces", "separate sets of data and people in one installation");
  onData("list", "list the workspaces and how many people belong to each", workspaces).action(
    (options: WithData<WorkspacesOptions>) => run(options.data, (house) => runWorkspacesList(house, options, io)),
  );
  onData("create <name>", "make a workspace that nobody belongs to yet", workspaces).action(
    (name: string, options: WithData<WorkspacesOptions>) =>
      run(options.data, (house) => runWorkspacesCreate(house, name, options, io)),
  );
}

function addAudit({ io, onData, group, run }: CommandTools): void {
  const audit = group("audit", "what was changed, when and by whom");
  const on = (usage: string, description: string) =>
    onData(usage, description, audit).option("--installation", "what belongs to no workspace", false);
  on("list", "list what happened, the newest first")
    .option("--limit <n>", "entries to show", wholeNumber(1, 10_000), 50)
    .option("--action <text>", "only actions that begin so: members., keys., proposals.approve", "")
    .option("--actor <text>", "only of actors whose name holds this", "")
    .action((options: WithData<AuditListOptions>) => run(options.data, (house) => runAuditList(house, options, io)));
  on("verify", "say whether the chain is whole; exit code 1 when it is not")
    .option("--expect <hash>", "a hash that was kept elsewhere: the chain has to hold it")
    .action((options: WithData<AuditVerifyOptions>) =>
      run(options.data, (house) => runAuditVerify(house, options, io)),
    );
  on("export <file>", "write everything to a .csv or .ndjson file").action(
    (file: string, options: WithData<AuditOptions>) =>
      run(options.data, (house) => runAuditExport(house, file, options, io)),
  );
}
