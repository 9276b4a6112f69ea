/** Moves the focus to the heading of the view: what had it is gone. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('#main h1')?.focus({ preventScroll: true })
}
