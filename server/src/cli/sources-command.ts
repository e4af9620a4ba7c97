import { readFileSync } from "node:fs";
import { connectorNames, findConnector } from "../connectors/index.ts";
import { UserError } from "../user-error.ts";
import type { CommandIo } from "./io.ts";

const PAGES = new URL("../../../docs/sources/", import.meta.url);

function listSources() {
  return connectorNames().map((name) => {
    const { title, tables } = findConnector(name, ".");
    return { name, title, yields: [...new Set(tables.map(({ kind }) => kind))] };
  });
}

/** `touchline sources`: what files can be imported with --source; with a name, how. */
export function runSources(name: string | undefined, options: { readonly json: boolean }, io: CommandIo): number {
  if (name === undefined) {
    const sources = listSources();
    if (options.json) io.stdout(`${JSON.stringify({ sources })}\n`);
    else {
      const wide = (texts: string[]) => Math.max(...texts.map((text) => text.length));
      const [names, titles] = [wide(sources.map((source) => source.name)), wide(sources.map(({ title }) => title))];
      for (const source of sources)
        io.stdout(`${source.name.padEnd(names)}  ${source.title.padEnd(titles)}  ${source.yields.join(", ")}\n`);
      io.stdout("\ntouchline sources NAME says where to find the export and how to import it.\n");
    }
    return 0;
  }
  findConnector(name, ".");
  if (options.json) {
    io.stdout(`${JSON.stringify(listSources().find((source) => source.name === name))}\n`);
    return 0;
  }
  try {
    io.stdout(readFileSync(new URL(`${name}.md`, PAGES), "utf8"));
  } catch (error) {
    throw new UserError(`there is no page about ${name}`, { cause: error });
  }
  return 0;
}
