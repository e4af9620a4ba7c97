import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useWords } from "../../i18n/words-context.tsx";

interface Props {
  /** How many rows are ticked; none means all of the choice. */
  ticked: number;
  total: number;
  isBusy: boolean;
  replay: () => void;
  discard: () => void;
}

/** The question before rows are discarded: the harmless answer has the focus. */
function Confirm({ rows, discard, keep }: { rows: string; discard: () => void; keep: () => void }) {
  const { t } = useWords();
  const keepButton = useRef<HTMLButtonElement>(null);
  useEffect(() => keepButton.current?.focus(), []);
  return (
    <fieldset className="confirm">
      <legend className="visually-hidden">{t("data.confirm")}</legend>
      <span>{t("data.confirmDiscard", { rows })}</span>
      <button type="button" className="button button-danger" onClick={discard}>
        {t("data.confirm")}
      </button>
      <button type="button" className="button" ref={keepButton} onClick={keep}>
        {t("data.cancel")}
      </button>
    </fieldset>
  );
}

/** Replay and discard. */
export function RefusedButtons({ ticked, total, isBusy, replay, discard }: Props) {
  const { t, format } = useWords();
  const [isAsking, setAsking] = useState(false);
  const rows = format.count(ticked === 0 ? total : ticked);
  if (isAsking) {
    const answer = (isMeant: boolean) => {
      setAsking(false);
      if (isMeant) discard();
    };
    return <Confirm rows={rows} discard={() => answer(true)} keep={() => answer(false)} />;
  }
  return (
    <>
      <GuardedButton
        type="button"
        right="rejected:change"
        className="button button-primary"
        disabled={isBusy}
        title={t("data.replayWhy")}
        onClick={replay}
      >
        {ticked === 0 ? t("data.replayAll", { rows }) : t("data.replaySelected")}
      </GuardedButton>
      <GuardedButton
        type="button"
        right="rejected:change"
        className="button"
        disabled={isBusy}
        title={t("data.discardWhy")}
        onClick={() => setAsking(true)}
      >
        {ticked === 0 ? t("data.discardAll", { rows }) : t("data.discardSelected")}
      </GuardedButton>
      <Link to="/data/import" search={true} className="button">
        {t("mapping.kept.mend")}
      </Link>
    </>
  );
}
