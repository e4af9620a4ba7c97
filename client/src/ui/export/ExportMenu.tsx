import { type RefObject, useContext, useState } from "react";
import { needWords } from "../../i18n/vocabulary.ts";
import { plainText } from "../../i18n/words.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Icon } from "../Icon.tsx";
import type { FigureOrigin } from "../origin-context.ts";
import type { TableModel } from "../table-model.ts";
import { usePopover } from "../use-popover.ts";
import { ExportContext } from "./export-context.ts";
import { EXPORT_KINDS, type ExportKind, PICTURE_KINDS } from "./export-kinds.ts";
import { readTable } from "./read-table.ts";

interface Props {
  /** The name of the card: of the files too. */
  title: string;
  caption?: string;
  origin?: FigureOrigin | undefined;
  /** Called when a file is wanted, so that nothing is prepared before; "shown" takes the card's table as it stands there. */
  table: (() => TableModel) | "shown";
  /** The figure on the screen; without one there are no pictures. */
  figure?: RefObject<HTMLElement | null>;
}

type Outcome = { kind: "none" } | { kind: "saved"; name: string } | { kind: "failed"; reason: string };

/** Takes a table, or a chart with its table, out of the page: for spreadsheets, programs, slides. */
export function ExportMenu({ title, caption = "", origin, table, figure }: Props) {
  const words = useWords();
  const { t } = words;
  const place = useContext(ExportContext);
  const { isOpen, panelId, box, button, toggle, close } = usePopover();
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const kinds = figure === undefined ? EXPORT_KINDS : [...EXPORT_KINDS, ...PICTURE_KINDS];

  const take = async (kind: ExportKind) => {
    close();
    try {
      const card = box.current?.closest("section");
      const parts = [card?.querySelector(".card-title"), card?.querySelector(".card-sentence"), figure?.current];
      const sentence = plainText(card?.querySelector(".card-sentence")?.textContent ?? "");
      const [{ exportAs }] = await Promise.all([import("./export-as.ts"), needWords("origin")]);
      const name = await exportAs(kind, {
        ...{
          words,
          place,
          table: table === "shown" ? readTable(card) : table(),
          thing: { title, caption, sentence, origin },
        },
        parts: parts.filter((part) => part !== null && part !== undefined),
      });
      setOutcome({ kind: "saved", name });
    } catch (error) {
      setOutcome({ kind: "failed", reason: error instanceof Error ? error.message : String(error) });
    }
  };

  return (
    <div className="popover-box export-box" ref={box}>
      <button
        type="button"
        ref={button}
        className="button button-quiet"
        aria-label={t("exports.open", { title })}
        aria-expanded={isOpen}
        aria-controls={panelId}
        onClick={toggle}
      >
        <Icon name="download" />
        <span className="button-word">{t("exports.word")}</span>
      </button>
      {isOpen && (
        <div className="popover menu export-menu" id={panelId}>
          <ul className="menu-list" aria-label={t("exports.kinds")}>
            {kinds.map((kind) => (
              <li key={kind}>
                <button type="button" className="menu-item" onClick={() => take(kind)}>
                  <span className="menu-name">{t(`exports.kind.${kind}`)}</span>
                  <span className="hint">{t(`exports.why.${kind}`)}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <span role="status" className={outcome.kind === "failed" ? "export-failed" : "visually-hidden"}>
        {outcome.kind === "saved" && t("exports.saved", { name: outcome.name })}
        {outcome.kind === "failed" && t("exports.failed", { reason: outcome.reason })}
      </span>
    </div>
  );
}
