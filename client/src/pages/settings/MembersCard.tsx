import { Role, rolesGrantedBy, type Team } from "@touchline/server/contract";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useMe, useMembership } from "../../app/me-context.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { Explained } from "../../ui/Explained.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { ScrollRegion } from "../../ui/ScrollRegion.tsx";
import { limitOf, type MemberLimit } from "./member-limits.ts";
import { useChangeRole, useRemoveMember } from "./settings-queries.ts";

type Member = Team["members"][number];

interface RowProps {
  member: Member;
  limit: MemberLimit;
  isBusy: boolean;
  changeRole(role: Role): void;
  remove(): void;
}

function RoleChoice({ member, limit, isBusy, changeRole }: Omit<RowProps, "remove">) {
  const { t } = useWords();
  const { role } = useMembership();
  if (limit !== null) {
    return (
      <Explained className="flag flag-quiet" why={t(`settings.limit.${limit}`)}>
        {t(`rights.role.${member.role}`)}
      </Explained>
    );
  }
  return (
    <span className="picker">
      <select
        aria-label={t("settings.roleOf", { name: member.name })}
        value={member.role}
        disabled={isBusy}
        onChange={(event) => changeRole(Role.parse(event.target.value))}
      >
        {rolesGrantedBy(role).map((each) => (
          <option key={each} value={each}>
            {t(`rights.role.${each}`)}
          </option>
        ))}
      </select>
    </span>
  );
}

function Row({ member, limit, isBusy, changeRole, remove }: RowProps) {
  const { t, format } = useWords();
  const { user } = useMe();
  const timeZone = useTimeZone();
  const isMe = member.userId === user.id;
  return (
    <tr>
      <th scope="row">
        {member.name}
        {isMe && <span className="badge badge-quiet badge-beside">{t("settings.you")}</span>}
        <span className="cell-below">{member.email}</span>
      </th>
      <td>
        <RoleChoice member={member} limit={limit} isBusy={isBusy} changeRole={changeRole} />
      </td>
      <td>
        {member.hasSecondFactor ? (
          <span className="with-icon">
            <Icon name="check" />
            {t("settings.factorOn")}
          </span>
        ) : (
          <span className="unknown">{t("settings.factorOff")}</span>
        )}
      </td>
      <td>{format.moment(new Date(member.joinedAt), timeZone)}</td>
      <td>{member.lastSeenAt === null ? t("settings.never") : format.ago(new Date(member.lastSeenAt), new Date())}</td>
      <td className="ways-cell">
        <ConfirmButton
          right="members:change"
          whyNot={limit === null ? null : t(`settings.limit.${limit}`)}
          question={t(isMe ? "settings.removeMeQuestion" : "settings.removeQuestion", { name: member.name })}
          sure={t("settings.removeSure")}
          label={t("settings.removeOf", { name: member.name })}
          isBusy={isBusy}
          act={remove}
        >
          {t("settings.remove")}
        </ConfirmButton>
      </td>
    </tr>
  );
}

/** @param props.members null while they are being asked for */
export function MembersCard({ members }: { members: Team["members"] | null }) {
  const { t } = useWords();
  const { role } = useMembership();
  const change = useChangeRole();
  const remove = useRemoveMember();
  const title = t("settings.membersTitle");
  if (members === null) {
    return (
      <Card title={title} isBusy>
        <div className="skeleton skeleton-table" />
      </Card>
    );
  }
  return (
    <Card title={title} table="shown">
      <FailureLine error={change.error ?? remove.error} />
      <ScrollRegion label={title}>
        <table className="data-table people-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("settings.member")}</th>
              <th scope="col">{t("settings.role")}</th>
              <th scope="col">{t("settings.factor")}</th>
              <th scope="col">{t("settings.joined")}</th>
              <th scope="col">{t("settings.lastSeen")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <Row
                key={member.userId}
                member={member}
                limit={limitOf(member, members, role)}
                isBusy={change.isPending || remove.isPending}
                changeRole={(chosen) => change.mutate({ userId: member.userId, role: chosen })}
                remove={() => remove.mutate({ userId: member.userId })}
              />
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
}
