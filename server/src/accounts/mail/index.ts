export type { Mail, SendMail } from "./mail.ts";
export { createMailer, mailerOfEnvironment } from "./mailer.ts";
export { invitationMail, resetMail } from "./templates.ts";
