import { type Role, rolesGrantedBy, type Team } from "@touchline/server/contract";

type Member = Team["members"][number];

/** Why somebody's role cannot be changed by who is looking, or null. */
export type MemberLimit = "last-owner" | "above" | null;

/**
 * @param by the reader's role
 * Law: a workspace never loses its last owner here, and nobody touches a role that they could not give.
 */
export function limitOf(member: Member, members: readonly Member[], by: Role): MemberLimit {
  if (member.role === "owner" && members.filter(({ role }) => role === "owner").length === 1) return "last-owner";
  return rolesGrantedBy(by).includes(member.role) ? null : "above";
}
