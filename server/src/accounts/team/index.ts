export { INVITATION_HOURS, invite, listInvitations, makeInvitation, withdrawInvitation } from "./invitations.ts";
export { changeRole, listMembers, type Member, removeMember } from "./members.ts";
