/** The part of an `AbortSignal` that training uses, so that its types need neither those of the DOM nor Node's. */
export interface StopSignal {
  readonly aborted: boolean;
  /** Why it is aborted. */
  readonly reason: unknown;
  /** @throws the reason, when aborted */
  throwIfAborted(): void;
}
