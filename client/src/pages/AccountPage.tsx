import { useMe, useMembership } from "../app/me-context.ts";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWords } from "../i18n/words-context.tsx";
import { LeaveCard } from "./account/LeaveCard.tsx";
import { NameCard } from "./account/NameCard.tsx";
import { PasswordCard } from "./account/PasswordCard.tsx";
import { SecondFactorCard } from "./account/SecondFactorCard.tsx";
import { SessionsCard } from "./account/SessionsCard.tsx";

/** A person's own: name, password, second factor, and where they are signed in. */
export function AccountPage() {
  const { t } = useWords();
  const { user, isDemo } = useMe();
  const { role } = useMembership();
  usePageTitle(t("account.title"));
  const alone = user.hasPassword ? "account.headlineOne" : "account.headlineSso";
  // Nobody knows the password of the demo's owner.
  const hasOwnPassword = user.hasPassword && !isDemo;
  const safety = isDemo ? "account.headlineDemo" : user.hasSecondFactor ? "account.headlineTwo" : alone;
  return (
    <div className="page-grid">
      <PageHead
        title={t("account.title")}
        headline={t(safety, { email: user.email })}
        sub={`${t("account.roleHere", { role: t(`rights.role.${role}`) })}. ${t(`rights.what.${role}`)}`}
      />
      <div className="account-cards">
        <NameCard user={user} />
        {hasOwnPassword && <PasswordCard email={user.email} />}
        {hasOwnPassword && <SecondFactorCard user={user} />}
      </div>
      <SessionsCard />
      {!isDemo && <LeaveCard />}
    </div>
  );
}
