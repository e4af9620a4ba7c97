import { LARGEST_UPLOAD_BYTES } from "@touchline/server/contract";
import { type DragEvent, useEffect, useId, useRef, useState } from "react";
import { workspaceOf } from "../../app/place.ts";
import { useMay } from "../../app/use-may.ts";
import { formatBytes } from "../../format/format-bytes.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { type Sending, sendFile } from "./send-file.ts";

interface Underway {
  readonly name: string;
  readonly share: number;
  readonly sending: Sending;
}

/** Takes a file by choice or by drop, and sends it. */
export function ChooseFileCard({ sent }: { sent(id: string): void }) {
  const { t, format } = useWords();
  const { may, why } = useMay("data:import");
  const inputId = useId();
  const [underway, setUnderway] = useState<Underway | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const sending = useRef<Sending | null>(null);
  useEffect(() => () => sending.current?.stop(), []);

  const send = async (file: File) => {
    setProblem(null);
    if (file.size > LARGEST_UPLOAD_BYTES) {
      const [size, limit] = [formatBytes(file.size, format), formatBytes(LARGEST_UPLOAD_BYTES, format)];
      return setProblem(t("mapping.tooLarge", { name: file.name, size, limit }));
    }
    const began = sendFile(workspaceOf(window.location.pathname) ?? "", file, (share) =>
      setUnderway((known) => (known === null ? null : { ...known, share })),
    );
    sending.current = began;
    setUnderway({ name: file.name, share: 0, sending: began });
    try {
      const id = await began.sent;
      sending.current = null;
      sent(id);
    } catch (error) {
      const isStopped = error instanceof DOMException;
      const reason = (error as Error).message === "" ? t("mapping.offline") : (error as Error).message;
      if (!isStopped) setProblem(t("mapping.sendFailed", { reason }));
    } finally {
      setUnderway(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (may && file !== undefined && underway === null) void send(file);
  };
  return (
    <Card title={t("mapping.chooseTitle")} isBusy={underway !== null}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the mouse; the field inside does the same by keyboard */}
      <div
        className={isOver ? "drop-zone drop-zone-over" : "drop-zone"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" />
        {underway === null ? (
          <>
            <p>
              {t("mapping.drop")}{" "}
              <input
                id={inputId}
                className="visually-hidden file-input"
                type="file"
                accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.parquet,.gz"
                disabled={!may}
                aria-label={t("mapping.choose")}
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  event.target.value = "";
                  if (file !== undefined) void send(file);
                }}
              />
              <label htmlFor={inputId} className="button button-primary" aria-hidden="true">
                {t("mapping.choose")}
              </label>
            </p>
            <p className="hint">
              {may ? t("mapping.limits", { size: formatBytes(LARGEST_UPLOAD_BYTES, format) }) : why}
            </p>
          </>
        ) : (
          <>
            <p role="status">
              {t("mapping.sending", { name: underway.name, share: format.percent(underway.share, 0) })}
            </p>
            <progress className="progress" max={1} value={underway.share} aria-label={underway.name} />
            <button type="button" className="button" onClick={() => underway.sending.stop()}>
              {t("mapping.stop")}
            </button>
          </>
        )}
      </div>
      {problem !== null && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Card>
  );
}
