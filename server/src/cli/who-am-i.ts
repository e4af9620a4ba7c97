import { userInfo } from "node:os";

/** Who gives the command, as far as the machine knows. */
export function whoAmI(): string {
  try {
    return userInfo().username;
  } catch {
    return "somebody"; // A container may run under a number that has no name.
  }
}
