import { useTranslation } from "react-i18next";
import { SecondFactorCard } from "../pages/account/SecondFactorCard.tsx";
import { Icon } from "../ui/Icon.tsx";
import { NewWorkspaceForm } from "./NewWorkspaceForm.tsx";
import { Outside } from "./Outside.tsx";
import { usePageTitle } from "./page-title.ts";
import { basepathOf } from "./place.ts";
import { WhoAmI } from "./WhoAmI.tsx";
import type { Membership, SignedIn } from "./way-in.ts";

/** The same words whether the workspace is there or not: who does not belong to it does not learn which. */
export function StrangerPage({ me, asked }: { me: SignedIn; asked: string }) {
  const { t } = useTranslation();
  usePageTitle(t("entry.strangerTitle"));
  return (
    <Outside foot={<WhoAmI me={me} />}>
      <section className="notice notice-page">
        <span className="notice-icon">
          <Icon name="lock" />
        </span>
        <h1>{t("entry.strangerTitle")}</h1>
        <p>{t("entry.strangerText", { workspace: asked })}</p>
        <h2 className="notice-part">{t("entry.strangerYours")}</h2>
        <ul className="workspace-list">
          {me.workspaces.map(({ id, role }) => (
            <li key={id}>
              <a className="workspace-way" href={`${basepathOf(id)}/`}>
                <strong>{id}</strong>
                <span className="hint">{t(`rights.role.${role}`)}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
    </Outside>
  );
}

export function HomelessPage({ me }: { me: SignedIn }) {
  const { t } = useTranslation();
  usePageTitle(t("entry.homelessTitle"));
  return (
    <Outside foot={<WhoAmI me={me} />}>
      <section className="notice notice-page">
        <span className="notice-icon">
          <Icon name="info" />
        </span>
        <h1>{t("entry.homelessTitle")}</h1>
        <p>{t("entry.homelessText", { email: me.user.email })}</p>
        {me.mayCreateWorkspaces && <NewWorkspaceForm />}
      </section>
    </Outside>
  );
}

/** The setting stands alone here: the workspace opens as soon as the codes work. */
export function SecondFactorFirstPage({ me, membership }: { me: SignedIn; membership: Membership }) {
  const { t } = useTranslation();
  usePageTitle(t("entry.factorTitle"));
  const others = me.workspaces.filter(({ needsSecondFactor }) => !needsSecondFactor);
  return (
    <Outside foot={<WhoAmI me={me} />}>
      <section className="notice notice-page notice-wide">
        <span className="notice-icon">
          <Icon name="lock" />
        </span>
        <h1>{t("entry.factorTitle")}</h1>
        <p>{t("entry.factorText", { workspace: membership.id })}</p>
        {others[0] !== undefined && (
          <p>
            <a href={`${basepathOf(others[0].id)}/`}>{t("entry.factorElsewhere", { workspace: others[0].id })}</a>
          </p>
        )}
      </section>
      <SecondFactorCard user={me.user} />
    </Outside>
  );
}
