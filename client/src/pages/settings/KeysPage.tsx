import { FailurePanel } from "../../app/FailurePanel.tsx";
import { PageHead } from "../../app/PageHead.tsx";
import { usePageTitle } from "../../app/page-title.ts";
import { strong } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { CreateKeyCard } from "./CreateKeyCard.tsx";
import { KeysCard } from "./KeysCard.tsx";
import { useKeys } from "./settings-queries.ts";

/** What machines show instead of a password. */
export function KeysPage() {
  const { t, format } = useWords();
  const keys = useKeys();
  usePageTitle(t("settings.tab.keys"));
  if (keys.data === undefined && keys.isError) {
    return <FailurePanel error={keys.error} retry={() => keys.refetch()} isPage />;
  }
  const working = keys.data?.filter(({ revokedAt }) => revokedAt === null) ?? [];
  const unused = working.filter(({ lastUsedAt }) => lastUsedAt === null).length;
  return (
    <div className="page-grid">
      <PageHead
        title={t("settings.tab.keys")}
        headline={
          keys.data === undefined
            ? null
            : working.length === 0
              ? t("settings.keysNone")
              : t("settings.keysHeadline", { keys: strong(format.count(working.length)) })
        }
        sub={unused > 0 ? t("settings.keysUnused", { unused: format.count(unused) }) : null}
      />
      {/* Not before the list: a change while it is asked for the first time would not be asked for again. */}
      {keys.data !== undefined && <CreateKeyCard />}
      <KeysCard keys={keys.data ?? null} />
    </div>
  );
}
