import { createKey, listKeys, revokeKey } from "../accounts/index.ts";
import { KeyName, Scope } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface KeysOptions {
  readonly workspace: string;
  readonly json: boolean;
}

export interface CreateKeyOptions extends KeysOptions {
  readonly scopes: string;
}

function requireName(name: string): string {
  const parsed = KeyName.safeParse(name);
  if (!parsed.success) throw new UserError(`"${name}": ${parsed.error.issues[0]!.message}`, { exitCode: 2 });
  return parsed.data;
}

function requireScopes(text: string): Scope[] {
  return text.split(",").map((word) => {
    const scope = Scope.safeParse(word.trim());
    if (!scope.success)
      throw new UserError(`--scopes: "${word.trim()}" is not one of ${Scope.options.join(", ")}`, { exitCode: 2 });
    return scope.data;
  });
}

/** `touchline keys create NAME`: a key for a machine; by default it may send events and nothing else. */
export async function runKeysCreate(
  house: House,
  given: string,
  options: CreateKeyOptions,
  io: CommandIo,
): Promise<number> {
  const [name, scopes] = [requireName(given), requireScopes(options.scopes)];
  const workspace = await house.workspace(options.workspace);
  const { key, row } = await createKey(
    { store: await workspace.store.open(), actor: commandActor() },
    { name, scopes },
  );
  if (options.json) io.stdout(`${JSON.stringify({ workspace: workspace.id, name, key, scopes: row.scopes })}\n`);
  else {
    io.stdout(`${key}\n`);
    io.stderr(
      `This is the key "${name}" of workspace ${workspace.id}, for ${row.scopes.join(", ")}. It is shown this once: keep it where secrets are kept.\n`,
    );
  }
  return 0;
}

/** `touchline keys list` */
export async function runKeysList(house: House, options: KeysOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const store = await workspace.store.openIfAny();
  const keys = store === null ? [] : await listKeys(store);
  if (options.json) io.stdout(`${JSON.stringify({ workspace: workspace.id, keys })}\n`);
  else if (keys.length === 0) io.stdout("No keys yet: make one with touchline keys create NAME.\n");
  else
    io.stdout(
      drawTable(
        ["Name", "Begins with", "Opens", "Made", "By", "Last used", "State"],
        keys.map(({ name, hint, scopes, createdAt, createdBy, lastUsedAt, revokedAt }) => [
          ...[name, hint, scopes.join(", "), createdAt.slice(0, 10), createdBy],
          lastUsedAt?.slice(0, 16).replace("T", " ") ?? "never",
          revokedAt === null ? "in use" : "revoked",
        ]),
      ),
    );
  return 0;
}

/** `touchline keys revoke NAME`: what is sent with it is refused, by a running server at once. */
export async function runKeysRevoke(house: House, name: string, options: KeysOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const store = await workspace.store.openIfAny();
  const open = (store === null ? [] : await listKeys(store)).filter(
    (key) => key.revokedAt === null && (key.name === name || key.hint === name),
  );
  if (store === null || open.length === 0)
    throw new UserError(`workspace ${workspace.id} has no key "${name}" in use: touchline keys list shows them`);
  for (const { id } of open) await revokeKey({ store, actor: commandActor() }, id);
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: workspace.id, name, revoked: open.length })}\n`
      : `${open.length === 1 ? "The key is" : `${open.length} keys are`} revoked: within a second nothing can be done with ${open.length === 1 ? "it" : "them"}.\n`,
  );
  return 0;
}
