import { skipToken, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { explainFailure, openLink } from "../app/api.ts";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { Outside } from "../app/Outside.tsx";
import { PageSkeleton } from "../app/PageSkeleton.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { basepathOf } from "../app/place.ts";
import { Icon } from "../ui/Icon.tsx";
import { AcceptForm } from "./entry/AcceptForm.tsx";
import { CodeForm } from "./entry/CodeForm.tsx";
import { readToken } from "./entry/link-token.ts";

function DeadLink() {
  const { t } = useTranslation();
  return (
    <section className="notice notice-page">
      <span className="notice-icon notice-broken">
        <Icon name="warning" />
      </span>
      <h1>{t("entry.deadTitle")}</h1>
      <p>{t("entry.deadText")}</p>
      <a className="button button-primary" href="/sign-in">
        {t("entry.toSignIn")}
      </a>
    </section>
  );
}

/** What a link that works once is for: the first owner, an invitation, a new password. */
export function LinkPage() {
  const { t } = useTranslation();
  const token = readToken(window.location.hash);
  const [needsCode, setNeedsCode] = useState(false);
  const link = useQuery({ queryKey: ["link", token], queryFn: token === null ? skipToken : () => openLink(token) });
  usePageTitle(t("entry.linkTitle"));
  useEffect(() => {
    // Another link in the same tab changes only what stands behind the #, which loads nothing.
    const reload = () => window.location.reload();
    window.addEventListener("hashchange", reload);
    return () => window.removeEventListener("hashchange", reload);
  }, []);
  if (token === null || (link.isError && explainFailure(link.error).kind === "refused")) {
    return (
      <Outside>
        <DeadLink />
      </Outside>
    );
  }
  if (link.data === undefined) {
    return (
      <Outside>
        {link.isError ? <FailurePanel error={link.error} retry={() => link.refetch()} isPage /> : <PageSkeleton />}
      </Outside>
    );
  }
  const { workspace } = link.data;
  const enter = () => window.location.replace(workspace === null ? "/" : `${basepathOf(workspace)}/`);
  return (
    <Outside>
      <section className="entry">
        {needsCode ? (
          <>
            <h1>{t("entry.codeTitle")}</h1>
            <CodeForm onRight={enter} startOver={() => window.location.replace("/sign-in")} />
          </>
        ) : (
          <AcceptForm
            token={token}
            link={link.data}
            onAccepted={(state) => (state === "signed-in" ? enter() : setNeedsCode(true))}
          />
        )}
      </section>
    </Outside>
  );
}
