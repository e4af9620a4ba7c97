import { Link } from "@tanstack/react-router";
import type { Annotation, AnnotationNote, AnnotationList as Listed } from "@touchline/server/contract";
import { ANNOTATION_ICON, tellAnnotation, tellDays } from "../../charts/prepare/annotations.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { FailureLine } from "../FailureLine.tsx";
import { useRemoveAnnotation } from "./use-change-annotations.ts";

interface Acts {
  change(note: AnnotationNote): void;
  removed(): void;
  /** A link leads to another page, where the drawer would be in the way. */
  close(): void;
}

function NoteActs({ note, change, removed }: { note: AnnotationNote } & Acts) {
  const { t } = useWords();
  const { mutate, isPending, error } = useRemoveAnnotation(removed);
  if (!note.mayChange) return null;
  return (
    <>
      <button
        type="button"
        className="link-button"
        aria-label={t("annotations.editNamed", { text: note.text })}
        onClick={() => change(note)}
      >
        {t("annotations.edit")}
      </button>
      <ConfirmButton
        right="annotations:change"
        question={t("annotations.removeQuestion")}
        sure={t("annotations.removeSure")}
        label={t("annotations.removeNamed", { text: note.text })}
        isBusy={isPending}
        act={() => mutate({ id: note.id })}
      >
        {t("annotations.remove")}
      </ConfirmButton>
      <FailureLine error={error} />
    </>
  );
}

function Item({ annotation, ...acts }: { annotation: Annotation } & Acts) {
  const words = useWords();
  const { t } = words;
  const isNote = annotation.kind === "note";
  const origin = isNote ? annotation.writer.name : t("annotations.byItself");
  return (
    <li className={`notes-item notes-item-${annotation.kind}`}>
      <Icon name={ANNOTATION_ICON[annotation.kind]} />
      <div>
        <p>{isNote ? annotation.text : tellAnnotation(annotation, words)}</p>
        <p className="notes-when">
          {[tellDays(annotation, words), t(`annotations.kind.${annotation.kind}`), origin].join(" · ")}
        </p>
        <div className="notes-acts">
          {isNote && <NoteActs note={annotation} {...acts} />}
          {annotation.kind === "plan" && (
            <Link to="/rebalancing" search={(before) => ({ ...before, id: annotation.proposal })} onClick={acts.close}>
              {t("annotations.toPlan")}
            </Link>
          )}
          {annotation.kind === "test" && (
            <Link to="/tests" search={true} onClick={acts.close}>
              {t("annotations.toTest")}
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}

/** Annotations in the order of their days: those that people wrote can be changed by them. */
export function AnnotationList({ list, ...acts }: { list: Listed } & Acts) {
  const { t } = useWords();
  if (list.annotations.length === 0) return <p className="hint">{t("annotations.none")}</p>;
  return (
    <>
      <ul className="notes-list" aria-label={t("annotations.list")}>
        {list.annotations.map((annotation) => (
          <Item key={annotation.id} annotation={annotation} {...acts} />
        ))}
      </ul>
      {list.left > 0 && <p className="hint">{t("annotations.left", { count: list.left })}</p>}
    </>
  );
}
