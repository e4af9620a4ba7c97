/**
 * Sends what waits and kills its own process at a moment that no test can hit from outside.
 *   dying-delivery.ts STORE MOMENT
 * STORE is a folder or the address of a database. MOMENT is `taken` (nothing was sent yet) or `sent`: the receiver has it, and nothing
 * says so here.
 */
import { deliverWaiting } from "../../server/src/notifications/index.ts";
import { openStore, WorkspaceStore } from "../../server/src/store/index.ts";
import { SECRET } from "./same-secret.ts";

const [place = "", moment = ""] = process.argv.slice(2);

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const store = await openStore(place.includes("://") ? { url: place } : { folder: place }, SECRET);
const { update } = WorkspaceStore.prototype;
WorkspaceStore.prototype.update = async function (table, change, where) {
  if (moment === "sent" && "state" in change) await die();
  const rows = await update.call(this, table, change, where);
  if (moment === "taken" && "heldUntil" in change) await die();
  return rows as never;
};
await deliverWaiting(
  { store: async () => store },
  { sendMail: async () => undefined, url: "https://shop.example", reach: { allowsPrivate: true }, withinMs: 20_000 },
);
await store.close();
