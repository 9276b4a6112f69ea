import { renderMermaidSVG } from 'beautiful-mermaid'
import type { MarkdownRenderer } from 'vitepress'

/** The site's own colors, so that a diagram follows the light and the dark theme. */
const appearance = {
  bg: 'var(--vp-c-bg)',
  fg: 'var(--vp-c-text-1)',
  accent: 'var(--vp-c-brand-1)',
  font: 'Inter',
  transparent: true,
}

/** Draws Mermaid code blocks while the site is built: a reader's browser loads no program for it. */
export function drawMermaid(md: MarkdownRenderer): void {
  const renderCode = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index]
    if (token?.info.trim() !== 'mermaid') return renderCode?.(tokens, index, ...rest) ?? ''
    return `<div class="diagram" v-pre>${drawDiagram(token.content)}</div>\n`
  }
}

/** A diagram as SVG, without the font that it would load from elsewhere.
 *  @throws {Error} when the source is no diagram */
export function drawDiagram(source: string): string {
  return renderMermaidSVG(source, appearance)
    .replace(/@import url\([^)]*\);\s*/g, '')
    .replace(/\n\s*\n/g, '\n')
}
