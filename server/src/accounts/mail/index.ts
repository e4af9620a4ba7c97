export type { SendMail } from "./mail.ts";
export { createMailer, mailerOfEnvironment } from "./mailer.ts";
export { invitationMail, resetMail } from "./templates.ts";
