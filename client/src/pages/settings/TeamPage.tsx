import { Role } from "@touchline/server/contract";
import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { InvitationsCard } from "./InvitationsCard.tsx";
import { MembersCard } from "./MembersCard.tsx";
import { useTeam } from "./settings-queries.ts";

function Roles() {
  const { t } = useWords();
  return (
    <Card title={t("settings.rolesTitle")}>
      <dl className="definitions">
        {Role.options.map((role) => (
          <div key={role}>
            <dt>{t(`rights.role.${role}`)}</dt>
            <dd>{t(`rights.what.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Who belongs to the workspace, as what, and who was asked to. */
export function TeamPage() {
  const { t, format } = useWords();
  const team = useTeam();
  usePageTitle(t("settings.tab.team"));
  if (team.data === undefined && team.isError) {
    return <FailurePanel error={team.error} retry={() => team.refetch()} isPage />;
  }
  const { members, invitations } = team.data ?? { members: [], invitations: [] };
  const without = members.filter(({ hasSecondFactor }) => !hasSecondFactor).length;
  const headline = t(invitations.length === 0 ? "settings.teamHeadline" : "settings.teamHeadlineInvited", {
    members: strong(format.count(members.length)),
    invited: format.count(invitations.length),
  });
  return (
    <div className="page-grid">
      <PageHead
        title={t("settings.tab.team")}
        headline={team.data === undefined ? null : headline}
        sub={
          team.data === undefined
            ? null
            : without === 0
              ? t("settings.teamAllFactors")
              : t("settings.teamFactors", { without: format.count(without) })
        }
      />
      <MembersCard members={team.data?.members ?? null} />
      {/* Not before the list: a change while it is asked for the first time would not be asked for again. */}
      {team.data !== undefined && <InvitationsCard invitations={invitations} />}
      <Roles />
    </div>
  );
}
