import { createWorkspaceByCommand, listWorkspaces } from "../accounts/index.ts";
import type { House } from "../house/index.ts";
import { type CommandIo, drawTable, grouped } from "./io.ts";
import { commandActor } from "./who-am-i.ts";

export interface WorkspacesOptions {
  readonly workspace: string;
  readonly json: boolean;
}

/** `touchline workspaces list`: those of the data and those that people belong to. */
export async function runWorkspacesList(house: House, options: WorkspacesOptions, io: CommandIo): Promise<number> {
  const door = (await house.workspace(options.workspace)).store;
  const known = (await door.openIfAny()) === null ? [] : await listWorkspaces((await house.store()).db);
  const others = (await house.warehouse.workspaces()).filter((id) => known.every((each) => each.id !== id));
  const all = [...known, ...others.map((id) => ({ id, createdAt: null, members: 0, owners: 0 }))];
  all.sort((a, b) => (a.id < b.id ? -1 : 1));
  if (options.json) io.stdout(`${JSON.stringify({ workspaces: all })}\n`);
  else if (all.length === 0) io.stdout("No workspace yet: the first import makes one.\n");
  else
    io.stdout(
      drawTable(
        ["Workspace", "Members", "Owners"],
        all.map(({ id, members, owners }) => [id, grouped(members), grouped(owners)]),
      ),
    );
  return 0;
}

/** `touchline workspaces create NAME`: one that nobody belongs to yet. */
export async function runWorkspacesCreate(
  house: House,
  name: string,
  options: WorkspacesOptions,
  io: CommandIo,
): Promise<number> {
  const { id } = await house.workspace(name); // Refuses what cannot be a name.
  await createWorkspaceByCommand(await house.store(), id, commandActor());
  io.stdout(
    options.json
      ? `${JSON.stringify({ workspace: id })}\n`
      : `The workspace ${id} is there. Invite its owner: touchline users invite EMAIL --role owner --workspace ${id}\n`,
  );
  return 0;
}
