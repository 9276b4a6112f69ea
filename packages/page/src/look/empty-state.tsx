import type { ComponentChildren } from 'preact'
import { Mark } from './mark.tsx'

interface EmptyStateProps {
  title: string
  children?: ComponentChildren
}

/** Shown where there is nothing yet: what would be here, and how it gets here. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div class="empty">
      <Mark size={72} />
      <h2>{title}</h2>
      {children}
    </div>
  )
}
