import { hasSetting, settingsOfAll } from "@touchline/sql";
import { KeyRing } from "../accounts/index.ts";
import { collectorRouter, openCollectorDesk } from "../collector/index.ts";
import { WORKSPACE_SETTINGS } from "../contract/index.ts";
import type { House } from "../house/index.ts";
import { Intake, IntakeBusy, RateLimit } from "../intake/index.ts";
import { withdrawConsent } from "../privacy/index.ts";
import type { Rate } from "../rate-limit.ts";
import { UserError } from "../user-error.ts";
import type { IntakeDoors } from "./intake-router.ts";

/** How fast one workspace may send. */
const INTAKE_RATE: Rate = { eventsPerSecond: 200_000, burstSeconds: 10 };

/** Opens what machines and web pages send events through. */
export function openDoors(house: House): IntakeDoors {
  const intake = new Intake(house.spoolFolder);
  // A page is public and can name any workspace: only those that have listed origins are opened for it.
  const listed = {
    async workspace(name: string) {
      if (await hasSetting(house.warehouse, name, "collector-origins")) return house.workspace(name);
      throw new UserError("there is no workspace of that name that takes events from pages");
    },
    async listedOrigins() {
      const lists = await settingsOfAll(house.warehouse, "collector-origins");
      return lists.flatMap((list) => WORKSPACE_SETTINGS["collector-origins"].parse(JSON.parse(list)));
    },
  };
  const rate = new RateLimit(INTAKE_RATE);
  const paced: Pick<Intake, "accept"> = {
    accept(workspace, kind, items, origin) {
      const wait = rate.take(workspace.id, items.count, Date.now());
      if (wait > 0)
        return Promise.reject(new IntakeBusy("this workspace receives too much: send it again later", wait));
      return intake.accept(workspace, kind, items, origin);
    },
  };
  return {
    intake,
    keys: new KeyRing(() => house.store()),
    rate,
    workspace: (name) => house.workspace(name),
    collector: collectorRouter(
      openCollectorDesk(listed, paced, (workspace, visitorId) => withdrawConsent(workspace, visitorId, new Date())),
    ),
  };
}
