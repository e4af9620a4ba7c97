import type { House } from "../house/index.ts";
import { fetchIdentityStatus } from "../identities/index.ts";
import { type CommandIo, grouped } from "./io.ts";

export interface IdentitiesOptions {
  readonly workspace: string;
  readonly json: boolean;
}

/** `touchline identities`: who is known to be whom. */
export async function runIdentities(house: House, options: IdentitiesOptions, io: CommandIo): Promise<number> {
  const workspace = await house.workspace(options.workspace);
  const status = await fetchIdentityStatus(workspace);
  const caps = await workspace.setting("identity");
  if (options.json) {
    io.stdout(`${JSON.stringify({ workspace: workspace.id, ...status, ...caps })}\n`);
    return 0;
  }
  const { links, since, visitors, persons, sharedVisitors, refusedLinks } = status;
  if (links === 0) {
    io.stdout("Nobody is linked: every visitor is a person of its own. Begin with touchline import identities FILE.\n");
    return 0;
  }
  const lines: [string, number, string][] = [
    ["Links", links, since === null ? "" : `the first of ${since.slice(0, 10)}`],
    ["Persons", persons, ""],
    ["Visitors linked", visitors, ""],
    ["Shared devices", sharedVisitors, `more than ${caps.personsPerVisitor} persons used them: they link nobody`],
    ["Links refused", refusedLinks, `a person has at most ${caps.visitorsPerPerson} visitors`],
  ];
  const width = Math.max(...lines.map(([, count]) => grouped(count).length));
  for (const [name, count, note] of lines) {
    io.stdout(`${`${name.padEnd(16)} ${grouped(count).padStart(width)}  ${note}`.trimEnd()}\n`);
  }
  return 0;
}
