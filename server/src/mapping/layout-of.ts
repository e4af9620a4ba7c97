import { type Connector, connectorNames, findConnector } from "../connectors/index.ts";
import type { FileLayout } from "../contract/index.ts";
import { requireTimeZone } from "../settings/index.ts";
import { UserError } from "../user-error.ts";
import { declareMapping } from "./declare-mapping.ts";

/**
 * How a file is read, as a declaration. A tool is taken by its name alone: a path would lead to any file of this machine.
 * @throws UserError where there is no such tool, or the mapping lacks something
 */
export function declarationOf(layout: FileLayout): Connector {
  if (layout.type === "known") {
    if (!connectorNames().includes(layout.name))
      throw new UserError(`"${layout.name}" is not a source that is known here`);
    return { ...findConnector(layout.name, "."), name: layout.as ?? layout.name };
  }
  requireOwnName(layout.mapping.source);
  if (layout.mapping.timeZone !== null) requireTimeZone(layout.mapping.timeZone);
  return declareMapping(layout.mapping);
}

/** @throws UserError where files under this name would be read in two ways */
export function requireOwnName(name: string): void {
  if (connectorNames().includes(name)) {
    throw new UserError(
      `"${name}" is a source that comes with the product: choose another name for files of your own layout`,
    );
  }
}
