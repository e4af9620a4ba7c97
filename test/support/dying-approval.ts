/**
 * Approves a proposal and kills its own process at a moment that no test can hit from outside.
 *   dying-approval.ts FOLDER PROPOSAL MOMENT
 * MOMENT is `before audit`, `after audit` (the decision and its audit entry are written, and not committed) or `answer`: it is done and
 * nobody has been told.
 */

import { openHouse } from "@touchline/server/house";
import { proposalsRouter } from "../../server/src/proposals/index.ts";
import { WorkspaceStore } from "../../server/src/store/index.ts";
import { requestOf } from "./members.ts";

const [folder = "", id = "", moment = ""] = process.argv.slice(2);

function die(): Promise<never> {
  process.kill(process.pid, "SIGKILL");
  return new Promise(() => undefined);
}

const house = await openHouse({ dataFolder: folder });
const { audit } = WorkspaceStore.prototype;
WorkspaceStore.prototype.audit = async function (entry) {
  if (moment === "before audit") await die();
  const head = await audit.call(this, entry);
  if (moment === "after audit") await die();
  return head;
};
const finance = await requestOf(house, "default", "fay", "finance");
await proposalsRouter.createCaller(finance).approve({ id, remark: "go" });
await die();
