import { useState } from "react";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { wordActor } from "../charts/prepare/plan-name.ts";
import { splitPerson } from "../format/person-name.ts";
import { strong, type Words } from "../i18n/words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { type AuditFilter, type ShownEntries, useEntries } from "./audit/audit-queries.ts";
import { CheckCard } from "./audit/CheckCard.tsx";
import { EntriesCard } from "./audit/EntriesCard.tsx";

const EVERYTHING: AuditFilter = { action: "", actor: "" };

function wordEntries({ entries, total }: ShownEntries, isFiltered: boolean, words: Words): string {
  const { t, format } = words;
  const [newest] = entries;
  if (newest === undefined) return t(isFiltered ? "audit.headlineNoMatch" : "audit.headlineNone");
  const figures = {
    ago: format.ago(new Date(newest.at), new Date()),
    who: splitPerson(wordActor(newest.actor, words)).name,
  };
  if (total === 1) return t("audit.headlineOne", figures);
  return t("audit.headline", { ...figures, total: strong(format.count(total)) });
}

/** Who did what, when and from where; and whether anybody has changed that since. */
export function AuditPage() {
  const words = useWords();
  const { t } = words;
  const [filter, setFilter] = useState(EVERYTHING);
  const newest = useEntries(filter, null);
  usePageTitle(t("audit.title"));
  if (newest.isError && newest.data === undefined) {
    return <FailurePanel error={newest.error} retry={() => newest.refetch()} isPage />;
  }
  const isFiltered = filter.action !== "" || filter.actor !== "";
  return (
    <div className="page-grid">
      <PageHead
        title={t("audit.title")}
        headline={newest.data === undefined ? null : wordEntries(newest.data, isFiltered, words)}
        sub={t("audit.sub")}
      />
      <CheckCard />
      <EntriesCard filter={filter} choose={setFilter} />
    </div>
  );
}
