import type { ImportKind } from "@touchline/sql";
import { type Connector, connectorNames, findConnector } from "../connectors/index.ts";
import type { FileMapping } from "../contract/index.ts";
import { UserError } from "../user-error.ts";
import type { Workspace } from "../workspace.ts";
import { declareMapping } from "./declare-mapping.ts";
import { requireOwnName } from "./layout-of.ts";

const isOf =
  ({ source, kind }: Pick<FileMapping, "source" | "kind">) =>
  (mapping: FileMapping) =>
    mapping.source === source && mapping.kind === kind;

/** Keeps a mapping under its source's name, in the place of the one of the same name and kind. */
export function keepMapping(workspace: Workspace, mapping: FileMapping): Promise<FileMapping> {
  requireOwnName(mapping.source);
  declareMapping(mapping);
  return workspace.inTurn("file-mappings", async () => {
    const mappings = await workspace.setting("file-mappings");
    const others = mappings.filter((each) => !isOf(mapping)(each));
    const all = [...others, mapping].sort((a, b) => a.source.localeCompare(b.source) || a.kind.localeCompare(b.kind));
    await workspace.changeSetting("file-mappings", all);
    return mapping;
  });
}

/** @throws UserError where there is none */
export function removeMapping(workspace: Workspace, ref: Pick<FileMapping, "source" | "kind">): Promise<FileMapping> {
  return workspace.inTurn("file-mappings", async () => {
    const mappings = await workspace.setting("file-mappings");
    const mapping = mappings.find(isOf(ref));
    if (mapping === undefined) throw new UserError(`there is no mapping "${ref.source}" for ${ref.kind}`);
    await workspace.changeSetting(
      "file-mappings",
      mappings.filter((each) => each !== mapping),
    );
    return mapping;
  });
}

/**
 * A source by its name: one that comes with the product, a declaration by its path, or a mapping that was kept in this workspace.
 * @throws UserError that names what there is
 */
export async function findSource(
  workspace: Workspace,
  name: string,
  kind: ImportKind | undefined,
  cwd: string,
): Promise<{ declaration: Connector; mapping?: FileMapping }> {
  const isDeclared = name.endsWith(".json") || name.includes("/") || connectorNames().includes(name);
  const own = isDeclared ? [] : (await workspace.setting("file-mappings")).filter(({ source }) => source === name);
  if (own.length === 0) return { declaration: findConnector(name, cwd) };
  const fitting = own.filter((mapping) => kind === undefined || mapping.kind === kind);
  const kinds = own.map((mapping) => mapping.kind).join(", ");
  if (fitting.length === 0)
    throw new UserError(`--source ${name} gives no ${kind}: it gives ${kinds}`, { exitCode: 2 });
  if (fitting.length > 1) {
    throw new UserError(
      `--source ${name} has mappings for ${kinds}: say which, touchline import ${fitting[0]!.kind} FILE --source ${name}`,
      { exitCode: 2 },
    );
  }
  return { declaration: declareMapping(fitting[0]!), mapping: fitting[0]! };
}
