import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { World } from "./world.ts";

const CHANNELS = ["Search", "Social", "Display", "Email"];

/** Files of a small shop: several touches for each buyer, some visitors who never buy, spend for two channels. */
function shopFiles(buyers: number): Record<"touchpoints" | "conversions" | "spend", string> {
  const touches = ["event_id,occurred_at,visitor_id,channel,campaign,interaction"];
  const orders = ["conversion_id,occurred_at,visitor_id,conversion_type,revenue,currency"];
  const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, 1 + (day % 28), hour)).toISOString();
  for (let n = 0; n < buyers; n++) {
    for (let touch = 0; touch <= n % 4; touch++) {
      const channel = CHANNELS[(n * 7 + touch * 3) % CHANNELS.length];
      touches.push(`e${n}-${touch},${at(n, touch + 1)},v${n},${channel},c${(n + touch) % 3},click`);
    }
    if (n % 3 !== 0) orders.push(`k${n},${at(n, 12)},v${n},purchase,${10 + (n % 17)}.${10 + (n % 80)},EUR`);
  }
  const spend = ["date,channel,campaign,cost,currency"];
  for (let day = 1; day <= 28; day++) {
    const date = `2026-01-${String(day).padStart(2, "0")}`;
    spend.push(`${date},Search,c0,${20 + day}.50,EUR`, `${date},Social,c1,${12 + (day % 5)},EUR`);
  }
  return { touchpoints: touches.join("\n"), conversions: orders.join("\n"), spend: spend.join("\n") };
}

/** Writes the shop into files of a folder. @returns their paths by kind */
export function writeShop(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shopFiles(120)).map(([kind, text]) => {
      const path = join(folder, `${kind}.csv`);
      writeFileSync(path, `${text}\n`);
      return [kind, path];
    }),
  );
}

/** Imports the shop into a workspace. */
export async function importShopWithRuns(world: World, workspace: string, buyers = 120): Promise<void> {
  const files = shopFiles(buyers);
  for (const kind of ["touchpoints", "conversions", "spend"] as const) {
    const path = world.file(`${workspace}-${kind}.csv`, `${files[kind]}\n`);
    await world.json("import", kind, path, "--workspace", workspace);
  }
}
