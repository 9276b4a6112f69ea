import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { formatDate, formatWhen } from '../texts/format-when.ts'
import { locale } from '../texts/locale.ts'

/** The time that spans are counted from, to half a minute. */
const now = signal(new Date())
let shown = 0
let timer: ReturnType<typeof setInterval> | undefined

/** A time; readers of "3 minutes ago" find date and time in its tip. */
export function When({ at }: { at: string }) {
  useEffect(() => {
    shown += 1
    timer ??= setInterval(() => {
      now.value = new Date()
    }, 30_000)
    return () => {
      shown -= 1
      if (shown === 0) {
        clearInterval(timer)
        timer = undefined
      }
    }
  }, [])
  const date = new Date(at)
  // What happened since the last tick is not in the future.
  const reference = Math.abs(date.getTime() - now.value.getTime()) < 30_000 ? date : now.value
  return (
    <time dateTime={at} title={formatDate(date, locale.value)}>
      {formatWhen(date, reference, locale.value)}
    </time>
  )
}
