import { useId } from 'preact/hooks'
import '../look/meter.css'
import { count } from './format.ts'

interface BarProps {
  label: string
  value: number
  max: number
}

/** A number as a bar beside others. */
export function Bar({ label, value, max }: BarProps) {
  const id = useId()
  return (
    <>
      <div class="bar-head">
        <span id={id}>{label}</span>
        <span class="numbers">{count(value)}</span>
      </div>
      <progress class="meter" aria-labelledby={id} value={value} max={Math.max(max, 1)} />
    </>
  )
}
