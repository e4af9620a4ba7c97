import type { Actor, Store } from "../store/index.ts";
import { UserError } from "../user-error.ts";
import { chainsOf } from "./audit-acts.ts";
import { createLink, endLinks } from "./links.ts";
import { hasPeople } from "./memberships.ts";
import { personByEmail } from "./people.ts";

export const LINK_HOURS = 24;

/**
 * A link for a new password, for whoever is at the server's own command line; the first owner's where nobody is there yet. Former
 * links of the kind for this address end.
 * @throws UserError when nobody has this address
 */
export function linkByCommand(
  store: Store,
  { email, workspaceId, actor }: { email: string; workspaceId: string; actor: Actor },
): Promise<{ kind: "welcome" | "reset"; token: string }> {
  return store.transaction(async (tx) => {
    const person = await personByEmail(tx.db, email);
    if (person === null && (await hasPeople(tx.db)))
      throw new UserError(
        `nobody has the address ${email}: invite them with touchline users invite ${email} --role ROLE`,
      );
    const kind = person === null ? "welcome" : "reset";
    await endLinks(tx.db, kind, email);
    if (person === null) await endLinks(tx.db, kind, null); // What the server has printed.
    const { id, token } = await createLink(tx.db, {
      ...{ kind, email, createdBy: actor.name, hours: LINK_HOURS },
      ...(person === null ? { workspaceId, role: "owner" as const } : { workspaceId: "", role: null }),
    });
    const chains = person === null ? [workspaceId] : await chainsOf(tx.db, person.id);
    const subject = person === null ? { kind: "link", id } : { kind: "person", id: person.id };
    for (const chain of chains)
      await tx.in(chain).audit({ actor, action: "account.make-link", subject, after: { kind, email } });
    return { kind, token };
  });
}
