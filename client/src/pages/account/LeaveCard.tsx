import { useMutation } from "@tanstack/react-query";
import { api } from "../../app/api.ts";
import { FailureLine } from "../../app/FailureLine.tsx";
import { useMembership } from "../../app/me-context.ts";
import { useWords } from "../../i18n/words-context.tsx";
import { Card } from "../../ui/Card.tsx";
import { ConfirmButton } from "../../ui/ConfirmButton.tsx";

/** The way out of a workspace. The server keeps its last owner. */
export function LeaveCard() {
  const { t } = useWords();
  const { id, role } = useMembership();
  const leave = useMutation(api.team.leave.mutationOptions({ onSuccess: () => window.location.replace("/") }));
  return (
    <Card
      title={t("account.leaveTitle")}
      sentence={t("account.leaveText", { workspace: id, role: t(`rights.role.${role}`) })}
    >
      <FailureLine error={leave.error} />
      <ConfirmButton
        right={null}
        className="button"
        question={t("account.leaveQuestion", { workspace: id })}
        sure={t("account.leaveSure")}
        isBusy={leave.isPending}
        act={() => leave.mutate()}
      >
        {t("account.leave", { workspace: id })}
      </ConfirmButton>
    </Card>
  );
}
