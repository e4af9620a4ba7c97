import { mailerOfEnvironment } from "../accounts/mail/index.ts";
import { NewWebhook, WebhookEvent, WebhookFormat } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import {
  createWebhook,
  listDeliveries,
  listWebhooks,
  removeWebhook,
  sendAgain,
  senderOf,
  testWebhook,
} from "../notifications/index.ts";
import type { WorkspaceStore } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface WebhooksOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export interface AddWebhookOptions extends WebhooksOptions {
  readonly format: string;
  readonly events: string;
}

export interface DeliveriesOptions extends WebhooksOptions {
  readonly again?: string;
}

/** What is listened to where nothing else is said: everything but trials, which come whenever somebody tries. */
const ALL = WebhookEvent.options.filter((event) => event !== "test");

function requireWebhook(name: string, url: string, { format, events }: AddWebhookOptions): NewWebhook {
  const asked = events === "all" ? ALL : events.split(",").map((word) => word.trim());
  const unknown = asked.find((word) => !WebhookEvent.safeParse(word).success);
  if (unknown !== undefined)
    throw new UserError(`--events: "${unknown}" is not one of ${WebhookEvent.options.join(", ")}`, { exitCode: 2 });
  if (!WebhookFormat.safeParse(format).success)
    throw new UserError(`--format: "${format}" is not one of ${WebhookFormat.options.join(", ")}`, { exitCode: 2 });
  const parsed = NewWebhook.safeParse({ name, url, format, events: asked });
  if (parsed.success) return parsed.data;
  const [{ path, message } = { path: [], message: "it cannot be one" }] = parsed.error.issues;
  const what = path[0] === "url" ? `"${url}" is not an address such as https://hooks.example.com/touchline` : message;
  throw new UserError(what, { exitCode: 2 });
}

async function openStoreOf(house: House, { workspace }: WebhooksOptions): Promise<WorkspaceStore> {
  return (await house.workspace(workspace)).store.open();
}

async function requireByName(store: WorkspaceStore, name: string): Promise<string> {
  const found = (await listWebhooks(store)).filter((each) => each.name === name || each.id === name);
  if (found.length === 1) return found[0]!.id;
  if (found.length > 1)
    throw new UserError(
      `${found.length} webhooks are called "${name}": name one by its id, ${found.map(({ id }) => id).join(" or ")}`,
    );
  throw new UserError(`workspace ${store.workspaceId} has no webhook "${name}": touchline webhooks list shows them`);
}

/** `touchline webhooks list` */
export async function runWebhooksList(house: House, options: WebhooksOptions, io: CommandIo): Promise<number> {
  const store = await (await house.workspace(options.workspace)).store.openIfAny();
  const hooks = store === null ? [] : await listWebhooks(store);
  if (options.json) io.stdout(`${JSON.stringify({ workspace: options.workspace, webhooks: hooks })}\n`);
  else if (hooks.length === 0) io.stdout("No webhooks yet: add one with touchline webhooks add NAME URL.\n");
  else
    io.stdout(
      drawTable(
        ["Name", "Where to", "Format", "Told of", "State", "Last"],
        hooks.map(({ name, url, format, events, isDisabled, last }) => [
          ...[name, new URL(url).host, format, events.length === ALL.length ? "everything" : events.join(", ")],
          isDisabled ? "switched off" : "in use",
          last === null ? "nothing yet" : `${last.state}, ${last.at.slice(0, 16).replace("T", " ")}`,
        ]),
      ),
    );
  return 0;
}

/** `touchline webhooks add NAME URL` */
export async function runWebhooksAdd(
  house: House,
  { name, url }: { name: string; url: string },
  options: AddWebhookOptions,
  io: CommandIo,
): Promise<number> {
  const asked = requireWebhook(name, url, options);
  const desk = { store: await openStoreOf(house, options), actor: commandActor() };
  const created = await createWebhook(desk, asked, new Date());
  if (options.json) io.stdout(`${JSON.stringify({ workspace: options.workspace, ...created })}\n`);
  else {
    io.stdout(`${created.secret}\n`);
    io.stderr(
      `Messages to "${asked.name}" are signed with this secret. It is shown this once: keep it where secrets are kept, and try it with touchline webhooks test.\n`,
    );
  }
  return 0;
}

/** `touchline webhooks remove NAME` */
export async function runWebhooksRemove(
  house: House,
  name: string,
  options: WebhooksOptions,
  io: CommandIo,
): Promise<number> {
  const store = await openStoreOf(house, options);
  await removeWebhook({ store, actor: commandActor() }, await requireByName(store, name));
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: options.workspace, name, removed: true })}\n`
      : "The webhook is removed, and what was waiting for it is not sent.\n",
  );
  return 0;
}

/** `touchline webhooks test NAME`: exit code 1 where the message did not arrive. */
export async function runWebhooksTest(
  house: House,
  { name, url }: { name: string; url: string },
  options: WebhooksOptions,
  io: CommandIo,
): Promise<number> {
  const store = await openStoreOf(house, options);
  const sender = senderOf({ sendMail: mailerOfEnvironment(io.stderr), url }, new AbortController().signal);
  const id = await requireByName(store, name);
  const { state, lastError } = await testWebhook({ store, actor: commandActor() }, id, sender);
  if (options.json) io.stdout(`${JSON.stringify({ workspace: options.workspace, name, state, error: lastError })}\n`);
  else
    io.stdout(
      state === "done" ? "It has arrived.\n" : `It has not arrived: ${lastError ?? "another process has it"}.\n`,
    );
  return state === "done" ? 0 : 1;
}

/** `touchline webhooks deliveries [--again ID]` */
export async function runDeliveries(house: House, options: DeliveriesOptions, io: CommandIo): Promise<number> {
  const store = await (await house.workspace(options.workspace)).store.openIfAny();
  if (options.again !== undefined) {
    if (store === null) throw new UserError(`workspace ${options.workspace} has told nobody anything yet`);
    const delivery = await sendAgain({ store, actor: commandActor() }, options.again, new Date());
    io.stdout(
      options.json
        ? `${JSON.stringify(delivery)}\n`
        : "It is sent again: by the server that runs, or with the next command that sends.\n",
    );
    return 0;
  }
  const told = store === null ? [] : await listDeliveries(store);
  if (options.json) io.stdout(`${JSON.stringify({ workspace: options.workspace, deliveries: told })}\n`);
  else if (told.length === 0) io.stdout("Nobody was told anything yet.\n");
  else
    io.stdout(
      drawTable(
        ["When", "What", "To", "State", "Tries", "Why not", "Id"],
        told.map(({ createdAt, event, target, state, attempts, lastError, id }) => [
          ...[createdAt.slice(0, 16).replace("T", " "), event, target, state, String(attempts), lastError ?? "", id],
        ]),
      ),
    );
  return 0;
}
