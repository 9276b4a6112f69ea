import { frameTexts } from '../app/frame-texts.ts'

/** Shown while something is fetched. */
export function Busy({ text }: { text?: string }) {
  return <p class="busy">{text ?? frameTexts().loading}</p>
}
