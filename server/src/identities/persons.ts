import { identityLinks, identityWatermark, personBuild, rebuildPersons, recordPersonBuild } from "@touchline/sql";
import type { Workspace } from "../workspace.ts";
import { resolveLinks } from "./resolve-links.ts";

/**
 * Makes sure that who is who stands on the links and caps as they are now, and works it out if it doesn't.
 * @returns what names the persons; empty where nobody was ever linked
 */
export function ensurePersons(workspace: Workspace): Promise<string> {
  return workspace.inTurn("resolve-persons", async () => {
    const { warehouse } = workspace;
    const { watermark: links } = await warehouse.askOne(identityWatermark, {});
    const built = await warehouse.askOne(personBuild, {});
    if (links === "" && built.watermark === "") return "";
    const caps = await workspace.setting("identity");
    const watermark = `${links} ${caps.personsPerVisitor} ${caps.visitorsPerPerson}`;
    if (built.watermark === watermark) return watermark;
    const counts = await rebuildPersons(warehouse, caps, resolveLinks);
    await warehouse.tell(recordPersonBuild, { watermark, ...counts });
    return watermark;
  });
}

export interface IdentityStatus {
  readonly links: number;
  /** Visitors whose events go to a person. */
  readonly visitors: number;
  readonly persons: number;
  readonly sharedVisitors: number;
  readonly refusedLinks: number;
  /** The first link; null where there is none. */
  readonly since: string | null;
  readonly builtAt: string | null;
}

/** Who is known to be whom, as the links say now. */
export async function fetchIdentityStatus(workspace: Workspace): Promise<IdentityStatus> {
  await ensurePersons(workspace);
  const { watermark: _, ...counts } = await workspace.warehouse.askOne(personBuild, {});
  return { ...(await workspace.warehouse.askOne(identityLinks, {})), ...counts };
}
