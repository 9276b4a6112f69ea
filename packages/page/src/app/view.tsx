import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { titleNote } from './title-note.ts'

/** Whether a view has been shown: the first one leaves the focus where the browser puts it. */
let hasNavigated = false

interface ViewProps {
  /** Heading, and title of the window. */
  title: string
  /** Shown beside the heading. */
  actions?: ComponentChildren
  /** Hides the heading from sight, not from screen readers. */
  isTitleHidden?: boolean
  /** Uses all of the width, for tables. @default false */
  isWide?: boolean
  children: ComponentChildren
}

/** What each view consists of: a heading, which gets the focus after a navigation, and its content. */
export function View({ title, actions, isTitleHidden, isWide, children }: ViewProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const note = titleNote.value
  useEffect(() => {
    document.title = `${note}${title} – Jackalope`
  }, [title, note])
  useLayoutEffect(() => {
    if (hasNavigated) heading.current?.focus({ preventScroll: true })
    hasNavigated = true
  }, [])
  return (
    <main id="main" tabIndex={-1} class={isWide ? 'view wide' : 'view'}>
      <div class="view-head">
        <h1 ref={heading} tabIndex={-1} class={isTitleHidden ? 'visually-hidden' : undefined}>
          {title}
        </h1>
        {actions && <div class="view-actions">{actions}</div>}
      </div>
      {children}
    </main>
  )
}
