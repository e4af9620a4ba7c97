import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FailurePanel } from "../FailurePanel.tsx";
import { useMe } from "../me-context.ts";
import { SaveViewForm } from "./SaveViewForm.tsx";
import { useViews } from "./use-views.ts";
import { ViewItem } from "./ViewItem.tsx";
import { viewsByPage } from "./view-address.ts";

/** Saves the page that is open, and lists the views by page. */
export default function ViewsPanel({ close }: { close(): void }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const [said, setSaid] = useState("");
  // A view that comes to lead to another page stands in another list, and is still the one that is being changed.
  const [unfolded, setUnfolded] = useState<string | null>(null);
  const answer = useViews(true);
  const groups = viewsByPage(answer.data?.views ?? []);
  return (
    <>
      <SaveViewForm done={setSaid} />
      <p role="status" className="hint views-said">
        {said}
      </p>
      {answer.isPending && (
        <div className="skeleton skeleton-table">
          <span className="visually-hidden">{t("views.loading")}</span>
        </div>
      )}
      {answer.isError && answer.data === undefined && (
        <FailurePanel error={answer.error} retry={() => answer.refetch()} />
      )}
      {answer.data !== undefined && groups.length === 0 && <p className="hint views-none">{t("views.none")}</p>}
      <div className="views-groups">
        {groups.map(({ page, views }) => (
          <section key={page} aria-label={t("views.listOf", { page: t(`pages.${page}`) })}>
            <p className="presets-title">{t(`pages.${page}`)}</p>
            <ul>
              {views.map((view) => (
                <ViewItem
                  key={view.id}
                  view={view}
                  isOwn={view.owner.id === user.id}
                  isUnfolded={view.id === unfolded}
                  unfold={(isUnfolded) => setUnfolded(isUnfolded ? view.id : null)}
                  close={close}
                  say={setSaid}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}
