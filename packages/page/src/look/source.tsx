/** A text of a program, as it is. It scrolls by itself, so the keyboard reaches it. */
export function Source({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reached by keyboard (axe: scrollable-region-focusable).
    <section class="source-frame" tabIndex={0} aria-label={label}>
      <pre class="source">{text}</pre>
    </section>
  )
}
