import type { ErasurePreview } from "@touchline/server/contract";
import { type FormEvent, useState } from "react";
import type { z } from "zod";
import { useWords } from "../../i18n/words-context.tsx";
import { nameTable } from "./describe-overview.ts";

interface Props {
  identifier: string;
  preview: z.infer<typeof ErasurePreview>;
  isBusy: boolean;
  erase(): void;
  stop(): void;
}

/** What would go, and the identifier once more: a slip of the hand erases nobody. */
export function EraseForm({ identifier, preview, isBusy, erase, stop }: Props) {
  const words = useWords();
  const { t, format } = words;
  const [again, setAgain] = useState("");
  const counts = Object.entries({ ...preview.rows, mentions: preview.mentions }).filter(([, rows]) => rows > 0);
  const rows = format.count(counts.reduce((total, [, count]) => total + count, 0));
  const isSame = again.trim() === identifier;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isSame && !isBusy) erase();
  };
  const figures = { identifiers: format.count(preview.identifiers), rows };
  return (
    <form className="erase-form" onSubmit={submit}>
      <p>{counts.length === 0 ? t("privacy.previewNothing") : t("privacy.preview", figures)}</p>
      {counts.length > 0 && (
        <dl className="retention">
          {counts.map(([table, count]) => (
            <div key={table}>
              <dt>{nameTable(table, words)}</dt>
              <dd>{format.count(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="hint">{t("privacy.previewStays")}</p>
      <label className="field">
        <span className="field-label">{t("privacy.typeAgain")}</span>
        <input
          type="text"
          autoComplete="off"
          spellCheck={false}
          value={again}
          onChange={(event) => setAgain(event.target.value)}
        />
      </label>
      <div className="person-actions">
        <button type="submit" className="button button-danger" disabled={!isSame || isBusy}>
          {t(isBusy ? "privacy.erasing" : "privacy.eraseSure")}
        </button>
        <button type="button" className="button" disabled={isBusy} onClick={stop}>
          {t("privacy.stop")}
        </button>
      </div>
    </form>
  );
}
