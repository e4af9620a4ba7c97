import { z } from "zod";

/** What somebody is in one workspace, least first. */
export const Role = z.enum(["viewer", "media-buyer", "finance", "admin", "owner"]);
export type Role = z.infer<typeof Role>;

const EVERYONE = Role.options;
const BUYERS = ["media-buyer", "admin", "owner"] as const satisfies readonly Role[];
const APPROVERS = ["finance", "admin", "owner"] as const satisfies readonly Role[];
const ADMINS = ["admin", "owner"] as const satisfies readonly Role[];
const PLANNERS = ["media-buyer", "finance", "admin", "owner"] as const satisfies readonly Role[];

/**
 * Who may do what: the one table of it, for the server, which enforces it, and for the page, which says it. A right that is not in a
 * role's list is refused.
 */
export const RIGHTS = {
  "results:read": EVERYONE,
  "data:read": EVERYONE,
  "rejected:read": BUYERS,
  "rejected:change": BUYERS,
  "data:import": BUYERS,
  "runs:change": BUYERS,
  "experiments:change": BUYERS,
  "views:change": EVERYONE,
  "views:share": PLANNERS,
  "annotations:change": PLANNERS,
  "budgets:change": PLANNERS,
  "plans:read": EVERYONE,
  "scenarios:change": BUYERS,
  "plans:propose": BUYERS,
  "plans:approve": ["media-buyer", ...APPROVERS],
  "plans:approve-large": APPROVERS,
  "plans:comment": PLANNERS,
  "plans:activate": PLANNERS,
  "rebalancing:run": BUYERS,
  "rebalancing:change": ADMINS,
  "reports:change": APPROVERS,
  "reports:close": APPROVERS,
  "reports:reopen": ["finance", "owner"],
  "members:read": ADMINS,
  "members:change": ADMINS,
  "keys:read": ADMINS,
  "keys:change": ADMINS,
  "webhooks:read": ADMINS,
  "webhooks:change": ADMINS,
  "policies:read": EVERYONE,
  "policies:change": ADMINS,
  "settings:change": ADMINS,
  "audit:read": ADMINS,
  "privacy:read": ADMINS,
  "privacy:act": ADMINS,
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof RIGHTS;

/** The roles that have a right, least first. */
export function rolesWith(right: Right): readonly Role[] {
  return RIGHTS[right];
}

export function roleMay(role: Role, right: Right): boolean {
  return rolesWith(right).includes(role);
}

/** Roles that a member of this role may give and take away: nobody hands out more than an admin may, but an owner. */
export function rolesGrantedBy(role: Role): readonly Role[] {
  if (role === "owner") return EVERYONE;
  return role === "admin" ? EVERYONE.filter((each) => each !== "owner") : [];
}

/** What a machine's key opens. */
export const Scope = z.enum(["ingest", "reports:read", "rebalance"]);
export type Scope = z.infer<typeof Scope>;
