import { useNavigate, useSearch } from "@tanstack/react-router";
import type { UploadState } from "@touchline/server/contract";
import { useState } from "react";
import { FailurePanel } from "../app/FailurePanel.tsx";
import { PageHead } from "../app/PageHead.tsx";
import { usePageTitle } from "../app/page-title.ts";
import { strong, type Words } from "../i18n/words.ts";
import { useWords } from "../i18n/words-context.tsx";
import { ChooseFileCard } from "./mapping/ChooseFileCard.tsx";
import { MappingView } from "./mapping/MappingView.tsx";
import { useDescription, useUploadState } from "./mapping/mapping-queries.ts";
import { DoneCards, ImportingCard } from "./mapping/OutcomeCards.tsx";

function headlineOf(state: UploadState | undefined, { t, format }: Words): string {
  if (state === undefined || state.state === "waiting") return t("mapping.check");
  if (state.state === "importing") return t("mapping.importing", { name: strong(state.name) });
  if (state.state === "failed") return t("mapping.failedHeadline");
  const sum = (name: "received" | "stored" | "rejected" | "duplicates") =>
    state.outcomes.reduce((total, outcome) => total + outcome[name], 0);
  if (state.outcomes.every(({ unchanged }) => unchanged)) return t("mapping.doneNothing");
  const received = format.count(sum("received"));
  const done = t("mapping.doneHeadline", { stored: strong(format.count(sum("stored"))), received });
  return sum("rejected") === 0
    ? done
    : `${done} ${t("mapping.doneRefused", { rejected: strong(format.count(sum("rejected"))), received })}`;
}

/** A file from a member's machine into the workspace, with its columns mapped. */
export function ImportFilePage() {
  const { t } = useWords();
  const { upload } = useSearch({ from: "/data/import" });
  const navigate = useNavigate();
  usePageTitle(t("mapping.title"));
  const open = (id: string | undefined) =>
    navigate({ to: "/data/import", search: id === undefined ? {} : { upload: id } });
  if (upload !== undefined) return <SentFile key={upload} id={upload} another={() => void open(undefined)} />;
  return (
    <div className="page-grid">
      <PageHead title={t("mapping.title")} headline={t("mapping.start")} />
      <ChooseFileCard sent={(id) => void open(id)} />
    </div>
  );
}

/** A file that was sent: mapped, on its way in, or in. */
function SentFile({ id, another }: { id: string; another(): void }) {
  const words = useWords();
  const { t } = words;
  const query = useUploadState(id);
  const [isTriedAgain, setTriedAgain] = useState(false);
  const state = query.data;
  const hasEnded = state?.state === "done" || state?.state === "failed";
  if (query.isError && state === undefined) {
    return (
      <div className="page-grid">
        <PageHead title={t("mapping.title")} headline={t("mapping.start")} />
        <FailurePanel error={query.error} retry={another} />
      </div>
    );
  }
  return (
    <div className="page-grid">
      <PageHead title={t("mapping.title")} headline={headlineOf(isTriedAgain ? undefined : state, words)} />
      {state?.state === "importing" && <ImportingCard state={state} />}
      {hasEnded && !isTriedAgain && <DoneCards state={state} another={another} />}
      {state?.state === "failed" && !isTriedAgain && (
        <div className="form-send">
          <button type="button" className="button" onClick={() => setTriedAgain(true)}>
            {t("mapping.tryAgain")}
          </button>
        </div>
      )}
      {(state?.state === "waiting" || isTriedAgain) && state?.state !== "importing" && state?.state !== "done" && (
        <Described id={id} another={another} />
      )}
    </div>
  );
}

function Described({ id, another }: { id: string; another(): void }) {
  const { t } = useWords();
  const description = useDescription(id);
  if (description.data !== undefined) return <MappingView file={description.data} another={another} />;
  if (description.isError) return <FailurePanel error={description.error} retry={another} />;
  return (
    <section aria-busy="true" aria-label={t("mapping.looking")}>
      <div className="skeleton skeleton-table" />
    </section>
  );
}
