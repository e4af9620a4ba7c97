import { type ChannelRules, DEFAULT_CHANNEL_RULES } from "@touchline/sql";
import { findConnector, resolveConnector } from "../connectors/index.ts";
import type { House } from "../house/index.ts";
import type { Intake } from "../intake/index.ts";
import type { Workspace } from "../workspace.ts";
import type { CollectorDesk } from "./router.ts";
import type { CollectedKind } from "./sort-events.ts";

const SOURCE = "touchline-collector";

/** A change of the settings is seen after this time: every beacon would ask for them otherwise. */
const SETTINGS_MS = 10_000;

interface Settings {
  readonly workspace: Workspace;
  readonly origins: readonly string[];
  readonly currency: string;
  readonly channelRules: ChannelRules;
  readonly readAt: number;
}

async function readSettings(house: Pick<House, "workspace">, id: string): Promise<Settings> {
  const workspace = await house.workspace(id);
  const [origins, channelRules, { currency }] = await Promise.all([
    workspace.setting("collector-origins"),
    workspace.setting("channel-rules"),
    workspace.settings(),
  ]);
  return { workspace, origins, currency, channelRules: channelRules ?? DEFAULT_CHANNEL_RULES, readAt: Date.now() };
}

/**
 * Puts what the collector receives into the workspaces of a house.
 * @param house opens workspaces that have listed origins, and knows the origins of all of them
 * @param withdraw forgets a visitor whose consent was taken back
 */
export function openCollectorDesk(
  house: Pick<House, "workspace"> & Pick<CollectorDesk, "listedOrigins">,
  intake: Pick<Intake, "accept">,
  withdraw: (workspace: Workspace, visitorId: string) => Promise<void>,
): CollectorDesk {
  const declaration = findConnector(SOURCE, "/");
  const known = new Map<string, Settings>();
  const settingsOf = async (id: string): Promise<Settings> => {
    let settings = known.get(id);
    if (settings === undefined || settings.readAt + SETTINGS_MS < Date.now()) {
      settings = await readSettings(house, id);
      known.set(id, settings);
    }
    return settings;
  };
  let listed: { readonly origins: readonly string[]; readonly readAt: number } | undefined;
  const tableOf = (kind: CollectedKind) => declaration.tables.find((table) => table.kind === kind)!;
  return {
    describe: settingsOf,
    async listedOrigins() {
      if (listed === undefined || listed.readAt + SETTINGS_MS < Date.now())
        listed = { origins: await house.listedOrigins(), readAt: Date.now() };
      return listed.origins;
    },
    async accept(id, kind, lines) {
      const { workspace } = await settingsOf(id);
      const bytes = lines.reduce((sum, line) => sum + line.length + 1, 0);
      return intake.accept(
        workspace,
        kind,
        { count: lines.length, lines, bytes, malformed: [] },
        {
          source: SOURCE,
          transport: "collector",
          // Asked when the batch is written, which may hold requests from before a change of the rules: the newest ones count.
          resolve: (file) =>
            resolveConnector(
              declaration,
              tableOf(kind),
              { name: "the collector's batch", source: file },
              known.get(id)!.channelRules,
            ),
        },
      );
    },
    async withdraw(id, visitorId) {
      await withdraw((await settingsOf(id)).workspace, visitorId);
    },
  };
}
