import type { ChannelBounds, ChannelGroup, LimitRepair } from "@touchline/server/contract";
import { boundsOf, type Limits, withBounds, withPart } from "./limits.ts";

/** A bound that is given another figure: a lock or a commitment gives way to it, for it would still forbid the change. */
function withBound(limits: Limits, channel: string, side: "lower" | "upper", to: number): Limits {
  const bounds = boundsOf(limits, channel);
  const isPinned = bounds.locked || typeof bounds.fixed === "number";
  const next: ChannelBounds = isPinned ? { ...bounds, locked: false, fixed: to } : { ...bounds, [side]: to };
  return withBounds(limits, next);
}

function withGroup(limits: Limits, name: string, part: Partial<ChannelGroup>): Limits | null {
  const groups = limits.groups ?? [];
  if (!groups.some((group) => group.name === name)) return null;
  return withPart(
    limits,
    "groups",
    groups.map((group) => (group.name === name ? { ...group, ...part } : group)),
  );
}

function withCpa(limits: Limits, members: readonly string[] | undefined, to: number): Limits | null {
  if (members === undefined) return withPart(limits, "maxCpa", to);
  const key = [...members].sort().join("\n");
  const group = (limits.groups ?? []).find(
    (each) => [...each.members].sort().join("\n") === key && each.maxCpa != null,
  );
  if (group !== undefined) return withGroup(limits, group.name, { maxCpa: to });
  const [only] = members;
  if (only === undefined || members.length > 1) return null;
  return withBounds(limits, { ...boundsOf(limits, only), maxCpa: to });
}

function withCapacity(limits: Limits, name: string, to: number): Limits | null {
  const capacities = limits.capacities ?? [];
  if (!capacities.some((capacity) => capacity.name === name)) return null;
  const changed = capacities.map((capacity) => (capacity.name === name ? { ...capacity, value: to } : capacity));
  return withPart(limits, "capacities", changed);
}

/** A contact limit counts messages of a whole period, and is set as messages a person and week: the share of change is the same. */
function withContacts(limits: Limits, name: string, share: number): Limits | null {
  const contacts = limits.contacts ?? [];
  if (!contacts.some((contact) => contact.name === name) || !Number.isFinite(share)) return null;
  const changed = contacts.map((contact) =>
    contact.name === name
      ? { ...contact, perPersonAndWeek: Math.ceil(contact.perPersonAndWeek * share * 100) / 100 }
      : contact,
  );
  return withPart(limits, "contacts", changed);
}

/** The limits with one of them changed as a repair proposes; null where nobody can set it on this page. */
export function applyRepair(limits: Limits, repair: LimitRepair): Limits | null {
  const { to } = repair;
  switch (repair.type) {
    case "total_spend":
      return { ...limits, budget: to };
    case "change_limit_pct":
      return { ...limits, maxChange: to / 100 };
    case "channel_min":
    case "trusted_min":
      return withBound(limits, repair.channel, "lower", to);
    case "channel_max":
    case "trusted_max":
      return withBound(limits, repair.channel, "upper", to);
    case "minimum_if_on":
      return withBounds(limits, { ...boundsOf(limits, repair.channel), minimumIfOn: to });
    case "step":
      return withBounds(limits, { ...boundsOf(limits, repair.channel), step: to });
    case "channel_roas_floor":
      return withBounds(limits, { ...boundsOf(limits, repair.channel), minRoas: to });
    case "group_min":
      return withGroup(limits, repair.group, { min: to });
    case "group_max":
      return withGroup(limits, repair.group, { max: to });
    case "group_roas_floor":
      return withGroup(limits, repair.name, { minRoas: to });
    case "blended_roas_floor":
      return withPart(limits, "minRoas", to);
    case "min_total_response":
      return withPart(limits, "target", to);
    case "cpa_ceiling":
      return withCpa(limits, repair.members, to);
    case "response_cap":
      return withCapacity(limits, repair.name, to);
    case "contact_cap":
      return withContacts(limits, repair.name, to / repair.value);
    case "weighted_min":
    case "weighted_max":
      return null;
  }
}
