import { useQuery } from "@tanstack/react-query";
import type { AnnotationNote, DateRange } from "@touchline/server/contract";
import { useContext, useState } from "react";
import { tellDays } from "../../charts/prepare/annotations.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { api } from "../api.ts";
import { FailurePanel } from "../FailurePanel.tsx";
import { WorkspaceContext } from "../workspace-context.ts";
import { AnnotationForm } from "./AnnotationForm.tsx";
import { AnnotationList } from "./AnnotationList.tsx";

interface Props {
  range: DateRange;
  /** Where a new annotation begins. */
  day: string;
  isWriting: boolean;
  show(range: DateRange): void;
  close(): void;
}

/** What stands beside days, and the form for one more. */
export default function AnnotationDrawer({ range, day, isWriting, show, close }: Props) {
  const words = useWords();
  const { t, format } = words;
  const page = useContext(WorkspaceContext)?.range;
  const [changed, setChanged] = useState<AnnotationNote | null>(null);
  const [said, setSaid] = useState("");
  const isPart = page !== undefined && page.from <= range.from && range.to <= page.to;
  // The charts of the page have asked for its days already.
  const answer = useQuery(api.annotations.list.queryOptions({ range: isPart ? page : range }));
  const list = answer.data && {
    annotations: answer.data.annotations.filter(({ from, to }) => from <= range.to && to >= range.from),
    left: answer.data.left,
  };
  const done = (sentence: string) => {
    setChanged(null);
    setSaid(sentence);
  };
  return (
    <>
      <section className="drawer-part">
        <h3>{changed === null ? t("annotations.addTitle") : t("annotations.changeTitle")}</h3>
        <AnnotationForm
          key={changed?.id ?? day}
          note={changed}
          day={day}
          isFocused={isWriting || changed !== null}
          done={(note) => done(t("annotations.saved", { days: tellDays(note, words) }))}
          cancel={changed === null ? null : () => setChanged(null)}
        />
        <p role="status" className="hint">
          {said}
        </p>
      </section>
      <section className="drawer-part">
        <h3>{t("annotations.shownDays", { range: tellDays(range, words) })}</h3>
        {isPart && (page.from !== range.from || page.to !== range.to) && (
          <button type="button" className="link-button" onClick={() => show(page)}>
            {t("annotations.showAll", { range: format.range(page.from, page.to) })}
          </button>
        )}
        {list !== undefined && (
          <AnnotationList
            list={list}
            change={(note) => {
              setSaid("");
              setChanged(note);
            }}
            removed={() => done(t("annotations.removed"))}
            close={close}
          />
        )}
        {answer.isPending && (
          <div className="skeleton skeleton-table">
            <span className="visually-hidden">{t("annotations.loading")}</span>
          </div>
        )}
        {answer.isError && answer.data === undefined && (
          <FailurePanel error={answer.error} retry={() => answer.refetch()} />
        )}
      </section>
    </>
  );
}
