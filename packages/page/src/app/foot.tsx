import { frameTexts } from './frame-texts.ts'

export function Foot() {
  const texts = frameTexts().footer
  return (
    <footer class="foot">
      <a href="/docs">{texts.api}</a>
      <a href="/docs/problems">{texts.problems}</a>
    </footer>
  )
}
