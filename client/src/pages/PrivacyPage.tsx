import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { useWords } from "../i18n/words-context.tsx";
import { ConsentCard } from "./privacy/ConsentCard.tsx";
import { wordDue, wordOverview } from "./privacy/describe-overview.ts";
import { PersonCard } from "./privacy/PersonCard.tsx";
import { usePrivacyOverview } from "./privacy/privacy-queries.ts";
import { RequestsCard } from "./privacy/RequestsCard.tsx";
import { RetentionCard } from "./privacy/RetentionCard.tsx";
import { StoredCard } from "./privacy/StoredCard.tsx";

/** What is stored about visitors, for how long and on what ground; and what somebody can do who asks. */
export function PrivacyPage() {
  const words = useWords();
  const { t } = words;
  const query = usePrivacyOverview();
  const overview = query.data;
  usePageTitle(t("privacy.title"));
  return (
    <div className="page-grid">
      <PageHead
        title={t("privacy.title")}
        headline={overview === undefined ? (query.isError ? "" : null) : wordOverview(overview, words)}
        sub={overview === undefined ? null : wordDue(overview, words)}
      />
      {query.isError && overview === undefined && <FailurePanel error={query.error} retry={() => query.refetch()} />}
      {query.isPending && <div className="skeleton skeleton-table" />}
      {overview !== undefined && (
        <>
          <div className="privacy-grid">
            <StoredCard overview={overview} />
            <RetentionCard overview={overview} />
          </div>
          <ConsentCard overview={overview} />
        </>
      )}
      <PersonCard />
      <RequestsCard />
    </div>
  );
}
