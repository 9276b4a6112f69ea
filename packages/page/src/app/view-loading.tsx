import { signal } from '@preact/signals'
import { frameTexts } from './frame-texts.ts'

/** Whether the view of the address is being loaded: until then the one before it stays. */
export const isViewLoading = signal(false)

/** A line at the head of the window while a view takes more than a moment to load. */
export function ViewLoading() {
  if (!isViewLoading.value) return null
  return <div class="view-loading" role="progressbar" aria-label={frameTexts().loading} />
}
