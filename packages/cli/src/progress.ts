export type Output = NodeJS.WritableStream & { isTTY?: boolean }

export interface Progress {
  /** @param percent - 0 to 100 */
  update(percent: number): void
  /** Ends the bar's line; further updates are ignored. */
  stop(): void
}
