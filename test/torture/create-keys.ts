import { runTouchline } from "../support/process.ts";
import { WORKSPACES, type WorkspaceName } from "./plan.ts";

/** Makes the folder's workspaces and a key of each. @throws Error with what the command said */
export async function createKeys(
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Record<WorkspaceName, string>> {
  const keys = { north: "", south: "" };
  for (const name of WORKSPACES) {
    const argv = ["keys", "create", "torture", "--data", data, "--workspace", name];
    const { stdout, stderr, exitCode } = await runTouchline(argv, { env });
    if (exitCode !== 0) throw new Error(stderr);
    keys[name] = stdout.trim();
  }
  return keys;
}
