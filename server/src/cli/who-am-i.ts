import { userInfo } from "node:os";
import type { Actor } from "../store/index.ts";

/** Who gives the command, as far as the machine knows. */
export function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody"; // A container may run under a number that has no name.
  }
}

/** The same for the audit. */
export function commandActor(): Actor {
  return { kind: "command", id: whoAmI(), name: whoAmI(), ip: null, userAgent: null };
}
