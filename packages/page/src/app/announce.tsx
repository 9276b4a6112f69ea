import { signal } from '@preact/signals'

const message = signal('')

/** Has a screen reader say something that is shown elsewhere already, or not at all. */
export function announce(text: string): void {
  // The same text twice would be no change.
  message.value = message.value === text ? `${text}\u00a0` : text
}

/** The one live region of the page (WCAG 2.2, 4.1.3). It exists before its first message, else readers miss that. */
export function LiveRegion() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {message}
    </div>
  )
}
