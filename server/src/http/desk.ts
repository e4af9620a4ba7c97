import type { Accounts, DemoOwner } from "../accounts/index.ts";
import type { Answers } from "../answers/index.ts";
import type { Workspace } from "../workspace.ts";

/** What people's requests need, once the data is ready. */
export interface Desk {
  readonly accounts: Accounts;
  /** Who signs in by itself; null except where the server shows the simulated shop. */
  readonly demo: DemoOwner | null;
  /** Opens a workspace for pages. */
  readonly openWorkspace: (name: string) => Promise<Workspace>;
  /** The answers that all members of a workspace get alike. */
  readonly answers: Answers;
  /** Waits for one of the asker's share of the server. */
  readonly inTurn: <T>(userId: string, work: () => Promise<T>) => Promise<T>;
  /** For files that live as long as a request. */
  readonly spoolFolder: string;
  readonly dataFolder: string;
}
