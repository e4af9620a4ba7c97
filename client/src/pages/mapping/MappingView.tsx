import type { UploadDescription } from "@touchline/server/contract";
import { useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useWords } from "../../i18n/words-context.tsx";
import { ColumnsCard } from "./ColumnsCard.tsx";
import { type Draft, firstDraft, layoutOf } from "./draft.ts";
import { FileCard } from "./FileCard.tsx";
import { LayoutCard } from "./LayoutCard.tsx";
import { useBeginImport, usePreview } from "./mapping-queries.ts";
import { PreviewCard } from "./PreviewCard.tsx";

/** From a file that is understood to its import. */
export function MappingView({ file, another }: { file: UploadDescription; another(): void }) {
  const { t } = useWords();
  const [draft, setDraft] = useState<Draft>(() => firstDraft(file));
  const [isKept, setKept] = useState(true);
  const layout = layoutOf(draft, file);
  const { preview, isBusy, error } = usePreview(file.id, layout);
  const begin = useBeginImport(file.id);
  const { source, kind } = draft.mapping;
  const problem = layout === null ? t("mapping.notYet") : (preview?.problem ?? null);
  return (
    <>
      <FileCard file={file} another={another} />
      <LayoutCard file={file} draft={draft} change={setDraft} />
      {draft.choice.type === "own" && <ColumnsCard file={file} draft={draft} change={setDraft} />}
      <PreviewCard
        preview={layout === null ? { problem: t("mapping.notYet"), tables: [] } : preview}
        isBusy={isBusy}
        error={layout === null ? null : error}
      >
        {draft.choice.type === "own" && (
          <label className="scope keep-mapping">
            <input type="checkbox" checked={isKept} onChange={(event) => setKept(event.target.checked)} />
            <span>
              {t("mapping.keep", { source })}
              <span className="cell-below">{t("mapping.keepWhy", { kind, source })}</span>
            </span>
          </label>
        )}
        <FailureLine error={begin.error} />
        <div className="form-send">
          <GuardedButton
            type="button"
            right="data:import"
            whyNot={problem}
            className="button button-primary"
            disabled={begin.isPending}
            onClick={() => {
              if (layout === null) return;
              begin.mutate({ id: file.id, layout, keepMapping: isKept && layout.type === "own" });
            }}
          >
            {t("mapping.import")}
          </GuardedButton>
        </div>
      </PreviewCard>
    </>
  );
}
