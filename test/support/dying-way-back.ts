/**
 * Takes an approved plan back and kills its own process at a moment that no test can hit from outside.
 *   dying-way-back.ts STORE PROPOSAL MOMENT
 * MOMENT is `before audit N` or `after audit N` (of the entries that the way back writes, none of them committed yet), or `answer`: it is
 * done and nobody has been told.
 */
import { goBack } from "../../server/src/activation/way-back/index.ts";
import { openStore, WorkspaceStore } from "../../server/src/store/index.ts";

const [folder = "", proposalId = "", moment = ""] = process.argv.slice(2);
const [when, , number] = moment.split(" ");

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const store = await openStore({ folder }, Buffer.alloc(32));
const { audit } = WorkspaceStore.prototype;
let entries = 0;
WorkspaceStore.prototype.audit = async function (entry) {
  entries++;
  if (when === "before" && entries === Number(number)) await die();
  const head = await audit.call(this, entry);
  if (when === "after" && entries === Number(number)) await die();
  return head;
};
const member = { id: "ann", name: "ann", role: "owner" } as const;
const actor = { kind: "person", id: "ann", name: "ann", ip: null, userAgent: null } as const;
await goBack({ store: store.in("default"), member, actor }, { proposalId, remark: "" }, new Date());
await die();
