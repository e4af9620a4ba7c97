import { apiKeys, revokeApiKey } from "@touchline/sql";
import { createApiKey } from "../accounts/index.ts";
import type { House } from "../house/index.ts";
import { UserError } from "../user-error.ts";
import { type CommandIo, drawTable } from "./io.ts";

export interface KeysOptions {
  readonly workspace: string;
  readonly json: boolean;
}

const KEY_NAME = /^[\w .:-]{1,64}$/;

/** `touchline keys create NAME`: a key that lets a machine send events into this workspace. */
export async function runKeysCreate(house: House, name: string, options: KeysOptions, io: CommandIo): Promise<number> {
  if (!KEY_NAME.test(name))
    throw new UserError(`"${name}" is not a name for a key: use up to 64 letters, digits, spaces and . : _ -`, {
      exitCode: 2,
    });
  const workspace = await house.workspace(options.workspace);
  const key = await createApiKey(workspace, name);
  if (options.json) io.stdout(`${JSON.stringify({ workspace: workspace.id, name, key })}\n`);
  else {
    io.stdout(`${key}\n`);
    io.stderr(
      `This is the key "${name}" of workspace ${workspace.id}. It is shown this once: keep it where secrets are kept.\n`,
    );
  }
  return 0;
}

/** `touchline keys list` */
export async function runKeysList(house: House, options: KeysOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const keys = await workspace.warehouse.ask(apiKeys, {});
  if (options.json) io.stdout(`${JSON.stringify({ workspace: workspace.id, keys })}\n`);
  else if (keys.length === 0) io.stdout("No keys yet: make one with touchline keys create NAME.\n");
  else
    io.stdout(
      drawTable(
        ["Name", "Begins with", "Made", "State"],
        keys.map(({ name, hint, createdAt, revoked }) => [
          name,
          hint,
          createdAt.slice(0, 10),
          revoked ? "revoked" : "in use",
        ]),
      ),
    );
  return 0;
}

/** `touchline keys revoke NAME`: what is sent with it is refused within seconds. */
export async function runKeysRevoke(house: House, name: string, options: KeysOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const open = (await workspace.warehouse.ask(apiKeys, {})).filter(
    (key) => !key.revoked && (key.name === name || key.hint === name),
  );
  if (open.length === 0)
    throw new UserError(`workspace ${workspace.id} has no key "${name}" in use: touchline keys list shows them`);
  await workspace.warehouse.tell(revokeApiKey, { keyName: name });
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: workspace.id, name, revoked: open.length })}\n`
      : `${open.length === 1 ? "The key is" : `${open.length} keys are`} revoked: within 10 seconds nothing can be sent with ${open.length === 1 ? "it" : "them"}.\n`,
  );
  return 0;
}
