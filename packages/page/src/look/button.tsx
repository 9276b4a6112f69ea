import type { ComponentChildren } from 'preact'
import { Glyph, type GlyphName } from './glyph.tsx'

interface ButtonProps {
  /** @default an outline */
  kind?: 'primary' | 'danger' | 'quiet'
  /** @default 'button' */
  type?: 'button' | 'submit'
  glyph?: GlyphName
  /** Shows the drawing alone; `children` are its name for screen readers, and its tip. */
  isIcon?: boolean
  isSmall?: boolean
  /** What it does goes on: it is shown so, and does nothing more. It keeps the focus, unlike a disabled one. */
  isBusy?: boolean
  /** More about it than its words say, for screen readers. */
  describedBy?: string
  onClick?: (event: MouseEvent) => void
  children: ComponentChildren
}

export function Button(props: ButtonProps) {
  const { kind, type = 'button', glyph, isIcon, isSmall, isBusy, describedBy, onClick, children } = props
  const classes = ['button', kind, isIcon && 'icon', isSmall && 'small'].filter(Boolean).join(' ')
  return (
    <button
      type={type}
      class={classes}
      aria-disabled={isBusy ? 'true' : undefined}
      aria-describedby={describedBy}
      title={isIcon && typeof children === 'string' ? children : undefined}
      onClick={event => {
        if (isBusy) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {glyph && <Glyph name={glyph} />}
      {isIcon ? <span class="visually-hidden">{children}</span> : children}
    </button>
  )
}
