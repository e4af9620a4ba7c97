import { type FormEvent, useState } from "react";
import { FailureLine } from "../../app/FailureLine.tsx";
import { GuardedButton } from "../../app/GuardedButton.tsx";
import { useMay } from "../../app/use-may.ts";
import { useTimeZone } from "../../app/workspace-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { useComment, useComments } from "./proposal-queries.ts";

const LONGEST_COMMENT = 1_000;

/** What people say about a proposal, the first at the top. */
export function CommentsCard({ id }: { id: string }) {
  const { t, format } = useWords();
  const timeZone = useTimeZone();
  const { may } = useMay("plans:comment");
  const [text, setText] = useState("");
  const comments = useComments(id);
  const write = useComment();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (may && text.trim() !== "" && !write.isPending)
      write.mutate({ id, text: text.trim() }, { onSuccess: () => setText("") });
  };
  return (
    <Card title={t("review.comments.title")} className="comments-card" isBusy={comments.isPending}>
      {comments.data?.length === 0 && <p className="hint">{t("review.comments.none")}</p>}
      <ul className="comments">
        {comments.data?.map((comment) => (
          <li key={comment.id}>
            <p className="said-by">
              {t("proposals.byAt", { who: comment.by.name, when: format.moment(new Date(comment.at), timeZone) })}
            </p>
            <blockquote className="said">{comment.text}</blockquote>
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <label className="field">
          <span className="field-label">{t("review.comments.label")}</span>
          <textarea
            rows={2}
            maxLength={LONGEST_COMMENT}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <GuardedButton
          type="submit"
          right="plans:comment"
          className="button"
          disabled={text.trim() === "" || write.isPending}
        >
          {t("review.comments.send")}
        </GuardedButton>
        <FailureLine error={write.error ?? comments.error} />
      </form>
    </Card>
  );
}
