import { frameTexts } from '../app/frame-texts.ts'
import { Button } from './button.tsx'

interface PagerProps {
  /** Whether there is a further page. */
  hasMore: boolean
  isBusy?: boolean
  onMore: () => void
}

/** Appends the next page to a list. */
export function Pager({ hasMore, isBusy, onMore }: PagerProps) {
  if (!hasMore) return null
  return (
    <div class="pager">
      <Button isBusy={isBusy} onClick={onMore}>
        {frameTexts().more}
      </Button>
    </div>
  )
}
