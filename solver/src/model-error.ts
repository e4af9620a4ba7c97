/**
 * The numbers handed to a model cannot be what they claim to be, or the model has no answer for them. The message says
 * where the fault is and what to do about it, so that it can be shown to a user as it stands.
 */
export class ModelError extends Error {
  override readonly name = "ModelError";
}
