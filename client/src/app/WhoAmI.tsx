import { useTranslation } from "react-i18next";
import { useSignOut } from "./use-sign-out.ts";
import type { SignedIn } from "./way-in.ts";

export function WhoAmI({ me }: { me: SignedIn }) {
  const { t } = useTranslation();
  const signOut = useSignOut();
  return (
    <p className="outside-who">
      <span>{t("entry.signedInAs", { email: me.user.email })}</span>
      <button type="button" className="link-button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {t("account.signOut")}
      </button>
    </p>
  );
}
