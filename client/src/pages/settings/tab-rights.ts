import { type Right, type Role, roleMay } from "@touchline/server/contract";

interface SettingsTab {
  readonly to: string;
  readonly name: string;
  /** What looking at it takes. */
  readonly right: Right;
}

export const SETTINGS_TABS = [
  { to: "/settings/team", name: "team", right: "members:read" },
  { to: "/settings/keys", name: "keys", right: "keys:read" },
  { to: "/settings/rules", name: "rules", right: "policies:read" },
  { to: "/settings/data", name: "data", right: "data:read" },
  { to: "/settings/rebalancing", name: "rebalancing", right: "plans:read" },
  { to: "/settings/campaigns", name: "campaigns", right: "plans:read" },
  { to: "/settings/audit", name: "audit", right: "audit:read" },
  { to: "/settings/privacy", name: "privacy", right: "privacy:read" },
] as const satisfies readonly SettingsTab[];

export function roleMayReadTab(role: Role, { right }: SettingsTab): boolean {
  return roleMay(role, right);
}
