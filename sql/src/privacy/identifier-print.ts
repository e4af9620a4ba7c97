import { createHmac } from "node:crypto";
import type { WorkspaceWarehouse } from "../warehouse.ts";

const PRINT_DIGITS = 16;

/**
 * What a request of a person is remembered by, instead of by the identifier: whoever has that, and this workspace's key, finds the
 * same digits. It is not the number that events stand under, so nothing can be joined to it.
 */
export function identifierPrint({ visitorKey }: WorkspaceWarehouse, identifier: string): string {
  return createHmac("sha256", visitorKey.join(" "))
    .update(`request about ${identifier.trim()}`)
    .digest("hex")
    .slice(0, PRINT_DIGITS);
}
