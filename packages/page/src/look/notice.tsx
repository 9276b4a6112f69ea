import type { ComponentChildren } from 'preact'
import { Glyph } from './glyph.tsx'

interface NoticeProps {
  /** @default 'info' */
  kind?: 'info' | 'good' | 'warning' | 'bad'
  title?: string
  /** Has screen readers say it as soon as it appears. @default for `bad` alone */
  isAlert?: boolean
  children?: ComponentChildren
}

/** A message within a view. */
export function Notice({ kind = 'info', title, isAlert = kind === 'bad', children }: NoticeProps) {
  const glyph = kind === 'good' ? 'done' : kind === 'info' ? 'info' : 'warning'
  return (
    <div class={`notice ${kind}`} role={isAlert ? 'alert' : undefined}>
      <Glyph name={glyph} />
      <div>
        {title && <p class="notice-title">{title}</p>}
        {children}
      </div>
    </div>
  )
}
