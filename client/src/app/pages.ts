import type { IconName } from "../ui/Icon.tsx";

/** What of the choices in the bar above acts on a page. */
export type PageChoice = "range" | "compare" | "model" | "conversions" | "channels";

export interface PageEntry {
  readonly to: string;
  readonly name: string;
  readonly icon: IconName;
  readonly choices: readonly PageChoice[];
}

const RESULTS = ["range", "compare", "model", "conversions", "channels"] as const satisfies readonly PageChoice[];

/** The pages in the order of the navigation. */
export const PAGES = [
  { to: "/", name: "today", icon: "overview", choices: [] },
  { to: "/performance", name: "performance", icon: "performance", choices: RESULTS },
  { to: "/attribution", name: "attribution", icon: "attribution", choices: ["range", "model"] },
  { to: "/journeys", name: "journeys", icon: "journeys", choices: ["range"] },
  { to: "/curves", name: "curves", icon: "curves", choices: [] },
  { to: "/planner", name: "planner", icon: "planner", choices: [] },
  { to: "/pacing", name: "pacing", icon: "pacing", choices: [] },
  { to: "/rebalancing", name: "rebalancing", icon: "proposals", choices: [] },
  { to: "/tests", name: "experiments", icon: "experiments", choices: [] },
  { to: "/reports", name: "reports", icon: "reports", choices: ["range", "compare"] },
  { to: "/data", name: "data", icon: "table", choices: [] },
  { to: "/portfolio", name: "portfolio", icon: "portfolio", choices: ["range", "compare"] },
  { to: "/settings", name: "settings", icon: "settings", choices: [] },
] as const satisfies readonly PageEntry[];

/** Pages below another one that choices act on. */
const CHOICES_BELOW: Readonly<Record<string, readonly PageChoice[]>> = { "/attribution/quality": ["range"] };

export function choicesOf(path: string): readonly PageChoice[] {
  return CHOICES_BELOW[path] ?? PAGES.find(({ to }) => to === path)?.choices ?? [];
}
